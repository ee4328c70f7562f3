import { Field, Int, ObjectType } from 'type-graphql';
import type { ShareType } from '../../../shared/kernel/index.js';
import { Share } from '../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../shared/subgraph/index.js';
import { ItemShareType } from '../catalogue/index.js';
import { Refusal } from '../core/index.js';
import { LIST_CHANGES, type ListChange } from './compare-lists.rule.js';
import {
  LIST_KINDS,
  LIST_LEVELS,
  LIST_STATES,
  type ListKind,
  type ListLevel,
  type ListRow,
  type ListState,
} from './list-kind.rule.js';

export const ListKinds = defineEnum('ListKind', '清单种类\nThe three lists of JL-24.', LIST_KINDS);
const ListLevels = defineEnum('ListLevel', '清单层级', LIST_LEVELS);
const ListStates = defineEnum('ListEntryState', '清单条目状态', LIST_STATES);
const ListChanges = defineEnum('ListChangeKind', '差异种类', LIST_CHANGES);

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单条目' })
export class ListEntry implements ListRow {
  @Field({ description: '条目标识\nThe same in every version, and in the list of a higher level.' })
  key!: string;

  @Field({ description: '部门代码\nThe department that must share, that needs, or that has the item.' })
  department!: string;

  @Field(() => String, { nullable: true, description: '提供部门代码\nOf a demand.' })
  provider!: string | null;

  @Field(() => String, { nullable: true, description: '资源代码' })
  resource!: string | null;

  @Field({ description: '名称' })
  name!: string;

  @Field(() => [String], { description: '信息项' })
  items!: string[];

  @Field(() => ItemShareType, { nullable: true, description: '共享类型' })
  shareType!: ShareType | null;

  @Field(() => ListStates, { description: '状态' })
  state!: ListState;

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

  @Field(() => ListLevels, { description: '层级' })
  level!: ListLevel;

  @Field({ description: '发布日期\nLocal date.' })
  publishedOn!: string;

  @Field(() => Int, { description: '条目数' })
  entries!: number;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}
export const ListVersionConnection = defineConnection(ListVersion, { title: '清单版本' });

/** A page of a list, with the version and the clauses of the whole list. */
@Share('UNCONDITIONAL')
@ObjectType('ShareList', { description: '清单' })
export class ShareList extends defineConnection(ListEntry, { title: '清单条目' }) {
  @Field(() => ListVersion, { nullable: true, description: '版本\nNull for the list as it is now.' })
  version?: ListVersion | undefined;

  @Field(() => [String], { description: '所依条款\nNone where the law in force knows no such list.' })
  clauses!: string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单差异' })
export class ListDifference implements ListChange {
  @Field({ description: '条目标识' })
  key!: string;

  @Field(() => ListChanges, { description: '种类' })
  change!: ListChange['change'];

  @Field(() => [String], { description: '不同的属性' })
  fields!: string[];
}
export const ListDifferenceConnection = defineConnection(ListDifference, { title: '清单差异' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '清单发布结果\nExactly one of `version` and `refusal` is set.' })
export class PublishListResult {
  @Field(() => ListVersion, { nullable: true, description: '版本' })
  version?: ListVersion;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
