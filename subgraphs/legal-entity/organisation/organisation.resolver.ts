import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { requirePageSize, startsWith, type SubgraphContext } from '../../../shared/subgraph/index.js';
import { Enterprise } from '../enterprise/enterprise.entity.js';
import { Institution } from '../institution/institution.entity.js';
import { Organisation, Party } from './organisation.js';

@Resolver()
export class OrganisationResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Organisation, { nullable: true, description: '按统一社会信用代码查询法人' })
  async organisation(
    @Filters('Organisation.creditCode') @Arg('creditCode', () => String) creditCode: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Organisation | null> {
    const [enterprise, institution] = await Promise.all([
      rows.one(Enterprise, 'creditCode', creditCode, info),
      rows.one(Institution, 'creditCode', creditCode, info),
    ]);
    return enterprise ?? institution;
  }

  @Share('UNCONDITIONAL')
  @Query(() => Institution, { nullable: true, description: '按统一社会信用代码查询事业单位' })
  institution(
    @Filters('Institution.creditCode') @Arg('creditCode', () => String) creditCode: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Institution | null> {
    return rows.one(Institution, 'creditCode', creditCode, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => [Party], { nullable: true, description: '按名称查询民事主体\nAt most `first` of each kind, by name.' })
  async parties(
    @Filters('Party.name') @Arg('namePrefix', () => String) namePrefix: string,
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Party[]> {
    requirePageSize(first);
    const options = { limit: first, orderBy: { name: 'asc', creditCode: 'asc' } } as const;
    const [enterprises, institutions] = await Promise.all([
      rows.find(Enterprise, { name: startsWith(namePrefix) }, info, options),
      rows.find(Institution, { name: startsWith(namePrefix) }, info, options),
    ]);
    return [...enterprises, ...institutions];
  }
}
