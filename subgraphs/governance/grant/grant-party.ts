import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { PARTIES, type Party } from './party.rule.js';

export const GrantParties = Object.fromEntries(PARTIES.map((party) => [party, party])) as { readonly [P in Party]: P };
registerEnumType(GrantParties, { name: 'GrantParty', description: '授权相关方\n使用部门、提供部门、平台。' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '暂停\nOne party’s; it ends when that party ends it.' })
export class GrantSuspension {
  @Field(() => GrantParties, { description: '暂停方' })
  party!: Party;

  @Field({ description: '原因' })
  reason!: string;
}
