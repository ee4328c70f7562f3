import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { ReleaseUse } from '../../../../shared/share/releases/release.js';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { OwnerConsent, ReleaseUses } from './owner-consent.entity.js';

@InputType({ description: '拟同意的内容\nAs `sharehub check` prints a missing consent, with purpose and end.' })
export class ConsentInput {
  @Field({ description: '信息项坐标' })
  item!: string;

  @Field({ description: '提供部门代码' })
  owner!: string;

  @Field({ description: '接收部门代码' })
  receiver!: string;

  @Field({ description: '接收子图' })
  receiverSubgraph!: string;

  @Field(() => ReleaseUses, { description: '使用情形' })
  use!: ReleaseUse;

  @Field({ description: '用于的坐标' })
  coordinate!: string;

  @Field({ description: '用途' })
  purpose!: string;

  @Field(() => GraphQLLocalDate, { description: '截止日期\nThe last day, inclusive.' })
  until!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '同意办理结果\nExactly one of `consent` and `refusal` is set.' })
export class ConsentResult {
  @Field(() => OwnerConsent, { nullable: true, description: '提供部门同意' })
  consent?: OwnerConsent;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
