import { Field, ObjectType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { Roles } from '../../register/index.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '审核步骤\nOne step of the process that the application began with.' })
export class ReviewStep {
  @Field(() => [Roles], { description: '审核角色\nThe roles of one step decide jointly.' })
  by!: Role[];

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}
