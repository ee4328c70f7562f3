import { ArgsType, Field, ObjectType } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments } from '../../../shared/subgraph/index.js';
import { Certificate, CertificateKind } from './certificate.entity.js';

@ArgsType()
export class CertificatesArguments extends PageArguments {
  @Filters('Certificate.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;

  @Filters('Certificate.kind')
  @Field(() => CertificateKind, { nullable: true })
  kind?: CertificateKind;

  @Filters('Certificate.holder')
  @Field(() => String, { nullable: true, description: 'Identity number or unified social credit code of the holder.' })
  holder?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '电子证照分页' })
export class CertificatePage {
  @Field(() => [Certificate], { description: '本页记录' })
  items!: Certificate[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}
