import { Field, InputType } from 'type-graphql';

@InputType({ description: '接入系统登记内容' })
export class SystemInput {
  @Field({ description: '客户端标识\nThe OpenID client id.' })
  clientId!: string;

  @Field({ description: '系统名称\nAt most 60 characters.' })
  name!: string;

  @Field({ description: '所属部门代码' })
  department!: string;
}
