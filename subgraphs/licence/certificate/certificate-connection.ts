import { ArgsType, Field } from 'type-graphql';
import { Filters } from '../../../shared/share/decorators.js';
import { defineConnection, PageArguments } from '../../../shared/subgraph/index.js';
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

export const CertificateConnection = defineConnection(Certificate, { title: '电子证照', counted: true });
