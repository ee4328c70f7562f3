import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Dimension, Mask, Resource, Scope, Share, Verifiable } from '../../../shared/share/decorators.js';
import { Reads, SubjectColumn } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';
import { CertificateHolder, holderOf, type HolderKind } from '../holder/holder.js';

export enum CertificateKind {
  RESIDENCE = 'RESIDENCE',
  MARRIAGE = 'MARRIAGE',
  DRIVING = 'DRIVING',
  BUSINESS = 'BUSINESS',
  FOOD_TRADE = 'FOOD_TRADE',
  INSTITUTION = 'INSTITUTION',
}
registerEnumType(CertificateKind, {
  name: 'CertificateKind',
  description: '证照类型',
  valuesConfig: {
    RESIDENCE: { description: '居住证' },
    MARRIAGE: { description: '结婚证' },
    DRIVING: { description: '机动车驾驶证' },
    BUSINESS: { description: '营业执照' },
    FOOD_TRADE: { description: '食品经营许可证' },
    INSTITUTION: { description: '事业单位法人证书' },
  },
});

export enum CertificateStatus {
  VALID = 'VALID',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
}
registerEnumType(CertificateStatus, {
  name: 'CertificateStatus',
  description: '证照状态',
  valuesConfig: { VALID: { description: '有效' }, EXPIRED: { description: '过期' }, REVOKED: { description: '撤销' } },
});

@Resource({
  code: '104001/000001',
  name: '电子证照目录信息',
  provider: 'data-bureau',
  library: 'LICENCE',
  category: '基础类',
  updateCycle: 'REALTIME',
})
@Share('UNCONDITIONAL', { basis: ['国务院关于在线政务服务的若干规定 第十条'] })
@Key('certificateNumber')
@Entity()
@ObjectType({ description: '电子证照\nAn electronic certificate of a person or an organisation (GB/T 36901).' })
export class Certificate {
  @Basic()
  @Field({ description: '证照号码' })
  @PrimaryKey()
  certificateNumber!: string;

  @Basic()
  @Dimension()
  @Field(() => CertificateKind, { description: '证照类型' })
  @Enum(() => CertificateKind)
  kind!: CertificateKind;

  @Basic()
  @Field({ description: '颁发机构' })
  @Property()
  issuer!: string;

  @Basic()
  @Field(() => GraphQLLocalDate, { description: '颁发日期' })
  @Property({ type: 'date' })
  issuedOn!: string;

  @Basic()
  @Field(() => GraphQLLocalDate, { nullable: true, description: '有效期至\nInclusive; null without limit.' })
  @Property({ type: 'date', nullable: true })
  validUntil?: string;

  @Basic()
  @Dimension()
  @Field(() => CertificateStatus, { description: '证照状态' })
  @Enum(() => CertificateStatus)
  status!: CertificateStatus;

  @Property()
  divisionCode!: string;

  @Basic()
  @Scope('division')
  @Reads('divisionCode')
  @Field(() => Division, { description: '颁发地区划' })
  get division(): Division {
    return Division.of(this.divisionCode);
  }

  @Property()
  holderKind!: HolderKind;

  @SubjectColumn()
  @Property()
  holderIdentifier!: string;

  @Share('CONDITIONAL', {
    condition: '办理事项需要核验证照',
    basis: ['国务院关于在线政务服务的若干规定 第十一条', '个人信息保护法 第十三条'],
  })
  @Reads('holderKind', 'holderIdentifier')
  @Field(() => CertificateHolder, { nullable: true, description: '持证主体' })
  get holder(): typeof CertificateHolder {
    return holderOf(this.holderKind, this.holderIdentifier);
  }

  @Share('CONDITIONAL', {
    condition: '办理事项需要核验证照',
    basis: ['国务院关于在线政务服务的若干规定 第十一条', '个人信息保护法 第十三条'],
  })
  @Mask('NAME')
  @Field(() => String, { nullable: true, description: '持证主体名称' })
  @Property({ nullable: true })
  holderName?: string;

  @Share('NOT_SHARED', { basis: ['电子签名法 第十五条', '密码法 第十二条'] })
  @Verifiable()
  @Field(() => String, { nullable: true, description: '电子印章序列号' })
  @Property({ nullable: true })
  sealSerial?: string;
}
