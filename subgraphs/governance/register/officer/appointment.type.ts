import { Field, InputType, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type Post, Refusal } from '../../core/index.js';
import { Appointment, Posts } from './appointment.entity.js';

@InputType({ description: '任职内容' })
export class AppointmentInput {
  @Field({ description: '账号标识\nOf an officer of that department.' })
  officer!: string;

  @Field({ description: '部门代码' })
  department!: string;

  @Field(() => Posts, { description: '岗位' })
  post!: Post;

  @Field({ nullable: true, description: '任免文号\nReference of the written notice to the authority (QZ-9.2e).' })
  notice?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '任职办理结果\nExactly one of `appointment` and `refusal` is set.' })
export class AppointmentResult {
  @Field(() => Appointment, { nullable: true, description: '任职' })
  appointment?: Appointment;

  @Field(() => Appointment, { nullable: true, description: '前任\nThe appointment that this one ended.' })
  predecessor?: Appointment;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
