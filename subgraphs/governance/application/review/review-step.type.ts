import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '审核步骤\nOne step of the process that the application began with.' })
export class ReviewStep {
  @Field(() => [String], { description: '审核角色\nThe roles of one step decide jointly.' })
  by!: string[];

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}
