import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import type { SubgraphContext } from '../../../shared/subgraph/index.js';
import { Certificate } from '../certificate/certificate.entity.js';
import { Enterprise, Resident } from './holder.js';

@Resolver(() => Resident)
export class ResidentResolver {
  @Share('CONDITIONAL', {
    condition: '办理事项需要核验证照',
    basis: ['国务院关于在线政务服务的若干规定 第十一条', '个人信息保护法 第十三条'],
  })
  @FieldResolver(() => [Certificate], { nullable: true, description: '持有的电子证照' })
  certificates(
    @Root() { idNumber }: Resident,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Certificate[]> {
    return rows.many(Certificate, 'holderIdentifier', idNumber, info);
  }
}

@Resolver(() => Enterprise)
export class EnterpriseResolver {
  @Share('UNCONDITIONAL', { basis: ['企业信息公示暂行条例 第六条'] })
  @FieldResolver(() => [Certificate], { nullable: true, description: '持有的电子证照' })
  certificates(
    @Root() { creditCode }: Enterprise,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Certificate[]> {
    return rows.many(Certificate, 'holderIdentifier', creditCode, info);
  }
}
