import { Ctx, Field, ObjectType } from 'type-graphql';
import { type Text } from '../../../shared/kernel/index.js';
import { clauseText } from '../../../shared/law/index.js';
import { Share } from '../../../shared/share/decorators.js';
import { Worded } from '../../../shared/subgraph/index.js';
import type { GovernanceContext } from './governance-context.js';
import { RefusalCode } from './refusal-codes.js';

/** An expected refusal is data; only a fault is an error. */
@Share('UNCONDITIONAL')
@ObjectType({ description: '不予办理\nReason for which nothing was done.' })
export class Refusal {
  @Field(() => RefusalCode, { description: '原因代码\nStable; programs may rely on it.' })
  code!: RefusalCode;

  @Field(() => String, { description: '原因说明' })
  @Worded()
  message!: Text;

  @Field(() => String, {
    nullable: true,
    description: '所依条款\nIds of the clauses it rests on, with commas between; null where it is a rule of the hub.',
  })
  clause?: string | undefined;

  @Field(() => [String], {
    nullable: true,
    description: '具体情况\nOne sentence for each thing to know or to correct.',
  })
  @Worded()
  details?: Text[] | undefined;

  @Field(() => [String], {
    nullable: true,
    description: '条款文字\nArticle and words of each clause in `clause`, in the same order.',
  })
  clauseWords(@Ctx() { own: { profile } }: GovernanceContext): string[] | undefined {
    return this.clause?.split(', ').map((id) => clauseText(id, profile.clauseTexts) ?? id);
  }

  /** @param clauses  ids of the clauses it rests on
   *  @param details  one sentence for each thing to know or to correct */
  static because(code: RefusalCode, message: Text, clauses?: readonly string[], details?: readonly Text[]): Refusal {
    return Object.assign(new Refusal(), {
      code,
      message,
      ...(clauses && clauses.length > 0 && { clause: clauses.join(', ') }),
      ...(details && { details: [...details] }),
    });
  }
}

/** Builds the result of a mutation that refuses.
 *  @example `if (problem) return refuse('GROUNDS_MALFORMED', problem);` */
export const refuse = (...why: Parameters<typeof Refusal.because>): { refusal: Refusal } => ({
  refusal: Refusal.because(...why),
});
