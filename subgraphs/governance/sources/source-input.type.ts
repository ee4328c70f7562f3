import { Field, InputType, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { DataSource, SourceKinds, SourceTlsModes } from './data-source.entity.js';

@InputType({ description: '数据源登记内容' })
export class SourceInput {
  @Field({ description: '名称\nSmall letters, digits and hyphens, at most 63.' })
  name!: string;

  @Field(() => SourceKinds, { description: '种类' })
  kind!: keyof typeof SourceKinds;

  @Field({ description: '地址\nhost:port of a database; address of a service. On a host that the operator admits.' })
  address!: string;

  @Field(() => String, { nullable: true, description: '数据库名\nOf a database.' })
  database?: string | null;

  @Field(() => String, { nullable: true, description: '账号\nOf a database: one that may only SELECT.' })
  user?: string | null;

  @Field(() => String, { nullable: true, description: '口令或令牌\nIt is sealed, and never shown again.' })
  password?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      '令牌地址\nOf a service with OAuth 2.0 client credentials: `user` and `password` are the client, and go to this address alone.',
  })
  tokenAddress?: string | null;

  @Field(() => String, { nullable: true, description: '令牌范围\nScopes that are asked for, separated by blanks.' })
  tokenScope?: string | null;

  @Field(() => SourceTlsModes, { defaultValue: 'VERIFIED', description: '传输保护' })
  tls!: keyof typeof SourceTlsModes;

  @Field(() => String, { nullable: true, description: '自有 CA 证书\nPEM.' })
  caCertificate?: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '数据源办理结果\nExactly one of `source` and `refusal` is set.' })
export class SourceResult {
  @Field(() => DataSource, { nullable: true, description: '数据源' })
  source?: DataSource;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
