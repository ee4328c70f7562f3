import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import type { SubgraphContext } from '../../../shared/subgraph/index.js';
import { Enterprise } from '../enterprise/enterprise.entity.js';
import { Resident } from './resident.js';

@Resolver(() => Resident)
export class ResidentResolver {
  @Share('CONDITIONAL', {
    provider: 'market-supervision',
    condition: '履行市场监管或资格审核职责需要',
    basis: ['企业信息公示暂行条例 第三条', '个人信息保护法 第十三条'],
  })
  @FieldResolver(() => [Enterprise], { nullable: true, description: '任法定代表人的企业' })
  enterprises(
    @Root() { idNumber }: Resident,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Enterprise[]> {
    return rows.many(Enterprise, 'representativeIdNumber', idNumber, info);
  }
}
