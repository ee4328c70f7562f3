import { Worded } from '../../../../shared/subgraph/index.js';
import type { Text } from '../../../../shared/kernel/index.js';
import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { CheckCode, FindingSeverity } from '../entry/catalogue-enums.js';
import type { CheckFinding } from './check-finding.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录检查结果\nOne thing that is wrong or doubtful with an entry.' })
export class CatalogueFinding {
  @Field(() => CheckCode, { description: '代码' })
  code!: CheckCode;

  @Field(() => FindingSeverity, { description: '程度' })
  severity!: FindingSeverity;

  @Field(() => String, { description: '说明' })
  @Worded()
  message!: Text;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];

  @Field(() => String, { nullable: true, description: '位置\nAttribute of the entry, or item.' })
  at?: string;

  static of({ code, severity, message, clauses, at }: CheckFinding): CatalogueFinding {
    return Object.assign(new CatalogueFinding(), { code, severity, message, clauses: [...clauses], at });
  }
}
