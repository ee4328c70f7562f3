import type { Text } from '../../../shared/kernel/index.js';
import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { wordFault } from './messages/faults.js';
import type { ReportedFault } from '../../../shared/read-model/sources.js';
import { defineConnection, defineEnum, Reads, Worded } from '../../../shared/subgraph/index.js';

export const SourceKinds = defineEnum('SourceKind', '数据源种类', {
  POSTGRESQL: 'PostgreSQL 及兼容数据库',
  MARIADB: 'MariaDB',
  MYSQL: 'MySQL',
  REST: 'REST 服务',
  SOAP: 'SOAP 服务',
});
export const SourceTlsModes = defineEnum('SourceTls', '传输保护', {
  VERIFIED: '加密传输并核验证书',
  NONE: '不加密',
});
export const SourceStates = defineEnum('SourceState', '数据源状态', {
  PENDING: '待另一人确认',
  ACTIVE: '使用中',
  REPLACED: '已被替换',
  ENDED: '已停用',
});

@Share('UNCONDITIONAL')
@ObjectType('SourceFault', { description: '数据源故障' })
export class Fault {
  @Field({ description: '代码\nStable; programs may rely on it.' })
  code!: string;

  @Field(() => String, { description: '说明' })
  @Worded()
  message!: Text;
}

@Resource({ code: '900001/000043', name: '数据源名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity({ tableName: 'data_source' })
@ObjectType({
  description:
    '数据源\nA database or service of a department that the hub reads. Its password is shown to nobody. It is in force once another person has confirmed it; a change is a source that replaces it.',
})
export class DataSource {
  [EntityName]?: 'DataSource';
  [OptionalProps]?: 'found' | 'hasOwnCertificate' | 'faults' | 'faultsTold';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field({ description: '名称\nUnique in the department; declarations name it.' })
  @Property()
  name!: string;

  @Field(() => SourceKinds, { description: '种类' })
  @Enum(() => SourceKinds)
  kind!: keyof typeof SourceKinds;

  @Field({ description: '地址' })
  @Property()
  address!: string;

  @Field(() => String, { nullable: true, description: '数据库名' })
  @Property({ nullable: true })
  databaseName?: string | null;

  @Field(() => String, { nullable: true, description: '账号' })
  @Property({ nullable: true })
  account?: string | null;

  @Field(() => SourceTlsModes, { description: '传输保护' })
  @Enum(() => SourceTlsModes)
  tls!: keyof typeof SourceTlsModes;

  @Property({ nullable: true })
  caCertificate?: string | null;

  @Reads('caCertificate')
  @Field(() => Boolean, { description: '是否使用自有证书' })
  get hasOwnCertificate(): boolean {
    return this.caCertificate != null;
  }

  @Field(() => String, { nullable: true, description: '令牌地址\nOAuth 2.0, for the account as client.' })
  @Property({ nullable: true })
  tokenAddress?: string | null;

  @Field(() => String, { nullable: true, description: '令牌范围' })
  @Property({ nullable: true })
  tokenScope?: string | null;

  @Field({ description: '说明' })
  @Property()
  note!: string;

  @Field(() => SourceStates, { description: '状态' })
  @Enum(() => SourceStates)
  state!: keyof typeof SourceStates;

  @Field(() => GraphQLISODateTime, { description: '提交时间' })
  @Property()
  submittedAt!: Date;

  @Property()
  submittedBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '确认时间' })
  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date | null;

  @Property({ nullable: true })
  confirmedBy?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '停用时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  /** Reported by the process that reads the source. */
  @Property({ type: 'json' })
  faults!: ReportedFault[];

  @Reads('faults')
  @Field(() => [Fault], { description: '故障\nEmpty where it is read, or nothing reads it.' })
  get found(): Fault[] {
    return this.faults.map(({ code, detail }) =>
      Object.assign(new Fault(), {
        code,
        message: wordFault(code, detail),
      }),
    );
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: '故障起始时间' })
  @Property({ type: 'datetime', nullable: true })
  faultsSince?: Date | null;

  /** The faults that the department was told of last. */
  @Property({ type: 'json' })
  faultsTold!: ReportedFault[];
}

export const DataSourceConnection = defineConnection(DataSource, { title: '数据源' });
