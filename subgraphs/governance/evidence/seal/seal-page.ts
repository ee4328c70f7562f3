import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { UseSeal } from './use-seal.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '封存分页' })
export class SealPage {
  @Field(() => [UseSeal], { description: '本页记录' })
  items!: UseSeal[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}
