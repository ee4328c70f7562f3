import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@ObjectType('FormerDepartmentName', { description: '曾用名称' })
export class FormerName {
  @Field({ description: '名称' })
  name!: string;

  @Field(() => GraphQLISODateTime, { description: '停用时间' })
  until!: Date;
}
