import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { defineEnum } from '../../../shared/subgraph/index.js';
import type { Party } from './party.rule.js';

export const GrantParties = defineEnum<Party>('GrantParty', '授权相关方', {
  CONSUMER: '使用部门',
  PROVIDER: '提供部门',
  PLATFORM: '平台',
});

@Share('UNCONDITIONAL')
@ObjectType({ description: '暂停\nThe suspension by one party; only that party lifts it.' })
export class GrantSuspension {
  @Field(() => GrantParties, { description: '暂停方' })
  party!: Party;

  @Field({ description: '原因' })
  reason!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '暂停时间\nNull where it was not kept yet.' })
  since?: Date | null;
}
