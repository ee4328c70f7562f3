import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { LIST_KINDS, type ListKind } from './list-kind.rule.js';

const named = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [K in T]: K };

export const ListKinds = named(LIST_KINDS);
registerEnumType(ListKinds, { name: 'ListKind', description: '清单种类\n责任清单、需求清单、负面清单 (JL-24).' });
const Levels = named(['OWN', 'HIGHER'] as const);
registerEnumType(Levels, { name: 'ListLevel', description: '清单层级\nThe own one, or that of a higher level.' });
const Changes = named(['ADDED', 'REMOVED', 'CHANGED'] as const);
registerEnumType(Changes, { name: 'ListChangeKind', description: '差异种类' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单条目' })
export class ListEntry {
  @Field({ description: '条目标识\nThe same in every version, and in the list of a higher level.' })
  key!: string;

  @Field({ description: '部门代码\nWho must share, who needs, or whose the item is.' })
  department!: string;

  @Field(() => String, { nullable: true, description: '提供部门代码\nOf a demand.' })
  provider!: string | null;

  @Field(() => String, { nullable: true, description: '资源代码' })
  resource!: string | null;

  @Field({ description: '名称' })
  name!: string;

  @Field(() => [String], { description: '信息项' })
  items!: string[];

  @Field(() => String, { nullable: true, description: '共享类型' })
  shareType!: string | null;

  @Field({
    description:
      '状态\nIN_FORCE, SUSPENDED, UPDATE_DUE, UPDATE_OVERDUE, ENTRY_OWED; of a demand MET, PARTLY_MET, PENDING, REFUSED, SUSPENDED, ENDED.',
  })
  state!: string;

  @Field(() => [String], { description: '依据' })
  basis!: string[];

  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario!: string | null;

  @Field(() => String, { nullable: true, description: '更新周期' })
  updateCycle!: string | null;

  @Field(() => String, { nullable: true, description: '开放属性' })
  openness!: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单版本\nA list as it was published on a day.' })
export class ListVersion {
  @Field({ description: '版本编号' })
  id!: string;

  @Field(() => ListKinds, { description: '种类' })
  kind!: ListKind;

  @Field(() => Levels, { description: '层级' })
  level!: 'OWN' | 'HIGHER';

  @Field({ description: '发布日期\nLocal date.' })
  publishedOn!: string;

  @Field(() => Int, { description: '条目数' })
  entries!: number;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单分页' })
export class ListPage {
  @Field(() => ListVersion, { nullable: true, description: '版本\nNull for the list as it is now.' })
  version?: ListVersion | undefined;

  @Field(() => [String], { description: '所依条款\nNone where the law in force knows no such list.' })
  clauses!: string[];

  @Field(() => [ListEntry], { description: '本页记录' })
  items!: ListEntry[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单差异' })
export class ListDifference {
  @Field({ description: '条目标识' })
  key!: string;

  @Field(() => Changes, { description: '种类' })
  change!: 'ADDED' | 'REMOVED' | 'CHANGED';

  @Field(() => [String], { description: '不同的属性' })
  fields!: string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单差异分页' })
export class ListDifferencePage {
  @Field(() => [ListDifference], { description: '本页记录' })
  items!: ListDifference[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单发布结果\nExactly one of `version` and `refusal` is set.' })
export class PublishListResult {
  @Field(() => ListVersion, { nullable: true, description: '版本' })
  version?: ListVersion;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
