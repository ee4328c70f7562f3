import { Field, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { CatalogueFinding } from '../entry/catalogue-result.js';
import { States, type CatalogueState } from './vocabulary.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '条目检查结果' })
export class EntryFindings {
  @Field({ description: '资源代码' })
  code!: string;

  @Field({ description: '名称' })
  name!: string;

  @Field(() => States, { description: '状态' })
  state!: CatalogueState;

  @Field(() => [CatalogueFinding], { description: '检查结果\nEmpty where nothing is to be seen to.' })
  findings!: CatalogueFinding[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '部门目录检查结果分页' })
export class EntryFindingsPage {
  @Field(() => [EntryFindings], { description: '本页记录' })
  items!: EntryFindings[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '未编目信息项' })
export class UncataloguedItem {
  @Field({ description: '坐标\nType and field, `Resident.phone`.' })
  coordinate!: string;

  @Field(() => String, { nullable: true, description: '资源代码\nNull where the schema names none.' })
  resource?: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '编目覆盖情况\nOf what one department serves in the graph in force.' })
export class CatalogueCoverage {
  @Field({ description: '提供部门代码' })
  provider!: string;

  @Field(() => Int, { description: '信息项数' })
  items!: number;

  @Field(() => Int, { description: '已编目信息项数\nThose that a published entry has.' })
  entered!: number;

  @Field(() => [UncataloguedItem], { description: '未编目信息项\nThe first 500, by coordinate.' })
  missing!: UncataloguedItem[];
}
