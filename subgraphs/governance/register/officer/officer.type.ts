import { Field, InputType, ObjectType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { Roles } from '../department/role.enum.js';
import { Officer } from './officer.entity.js';

@InputType({ description: '经办人员登记内容' })
export class OfficerInput {
  @Field({ description: '账号标识\nThe OpenID subject.' })
  subject!: string;

  @Field({ description: '姓名' })
  name!: string;

  @Field({
    description:
      '所属部门代码\nAn officer acts for one department at a time; to move ends the posts in the one before.',
  })
  department!: string;

  @Field(() => [Roles], { description: '角色\nOf those that the department has; an operator of any department.' })
  roles!: Role[];

  @Field(() => String, {
    nullable: true,
    description:
      '公民身份号码\nFinds another account of the same person; only a keyed hash of it is kept. Absent: what is known stays.',
  })
  identityNumber?: string | null;

  @Field({ nullable: true, description: '原因\nRecorded where posts end by it.' })
  reason?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '经办人员办理结果\nExactly one of `officer` and `refusal` is set.' })
export class OfficerResult {
  @Field(() => Officer, { nullable: true, description: '经办人员' })
  officer?: Officer;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
