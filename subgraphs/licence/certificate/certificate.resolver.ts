import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  inDivision,
  orderByDivision,
  type Connection,
  type SubgraphContext,
  type RowCondition,
} from '../../../shared/subgraph/index.js';
import { CertificateConnection, CertificatesArguments } from './certificate-connection.js';
import { Certificate } from './certificate.entity.js';

@Resolver()
export class CertificateResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Certificate, { nullable: true, description: '按证照号码查询电子证照' })
  certificate(
    @Filters('Certificate.certificateNumber') @Arg('certificateNumber', () => String) certificateNumber: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Certificate | null> {
    return rows.one(Certificate, 'certificateNumber', certificateNumber, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => CertificateConnection, {
    nullable: true,
    description: '查询电子证照\nSorted by certificate number, within `division` by division first.',
  })
  certificates(
    @Args(() => CertificatesArguments) { division, kind, holder, first, after }: CertificatesArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Certificate>> {
    const where: RowCondition<Certificate>[] = [];
    if (division != null) where.push({ divisionCode: inDivision(division) });
    if (kind != null) where.push({ kind });
    if (holder != null) where.push({ holderIdentifier: holder });
    return rows.connection(Certificate, { $and: where }, info, { first, after, order: orderByDivision(division) });
  }
}
