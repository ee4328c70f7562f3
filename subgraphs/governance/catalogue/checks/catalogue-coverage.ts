import { Field, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '未编目信息项' })
export class UncataloguedItem {
  @Field({ description: '坐标\nType and field, `Resident.phone`.' })
  coordinate!: string;

  @Field(() => String, { nullable: true, description: '资源代码\nNull where the schema names none.' })
  resource?: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '编目覆盖情况\nOf the items that one department serves in the graph in force.' })
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
