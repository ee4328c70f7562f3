import { Field, InputType } from 'type-graphql';

@InputType({ description: '接入系统登记内容' })
export class SystemInput {
  @Field({ description: '客户端标识\nThe OpenID client id.' })
  clientId!: string;

  @Field({ description: '系统名称\nAt most 60 characters.' })
  name!: string;

  @Field({ description: '所属部门代码' })
  department!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: '登录回调地址\nAt most 10; https, or http on this machine. None where no person signs in through it.',
  })
  redirectUris!: string[];

  @Field({
    defaultValue: false,
    description: '是否在浏览器中运行\nSuch a system has no secret, and needs an address of return.',
  })
  browser!: boolean;
}
