import { Worded } from '../../../../shared/subgraph/index.js';
import type { Text } from '../../../../shared/kernel/index.js';
import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录登记结果\nCodes of the entries that a subgraph’s schema states.' })
export class RegistrationResult {
  @Field(() => [String], { nullable: true, description: '新建' })
  created?: string[];

  @Field(() => [String], { nullable: true, description: '变更' })
  changed?: string[];

  @Field(() => [String], { nullable: true, description: '未变' })
  unchanged?: string[];

  @Field(() => [String], { nullable: true, description: '问题\nErrors and gaps in the schema.' })
  @Worded()
  problems?: Text[];

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
