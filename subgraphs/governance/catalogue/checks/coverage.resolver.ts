import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  defineConnection,
  PageArguments,
  toConnection,
  requirePageSize,
  sealList,
} from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { CatalogueCoverage } from './catalogue-coverage.js';
import { measureCoverage } from './measure-coverage.js';

const CatalogueCoverageConnection = defineConnection(CatalogueCoverage, { title: '编目覆盖情况' });

/** The report of the items that the catalogue lacks. @source QZ-4.1a */
@Resolver()
export class CoverageResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CatalogueCoverageConnection, {
    nullable: true,
    description:
      '编目覆盖情况\nItems of the graph in force that have no published entry, by the department that serves them. Each department sees its own; the authority, auditors and operators all.',
  })
  async catalogueCoverage(
    @Filters('CatalogueResource.provider')
    @Arg('provider', () => String, { nullable: true })
    given: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<CatalogueCoverage>> {
    const { em, fetch } = context;
    const list = sealList(context, 'catalogueCoverage');
    const { first, after } = list.open(page);
    requirePageSize(first);
    const previous = after ?? '';
    const all = seesAll(fetch);
    const provider = given ?? (all ? undefined : fetch.department);
    const maySee = all || provider === fetch.department;
    const coverage = maySee ? await measureCoverage(em, { provider, after: previous, limit: first + 1 }) : [];
    return list.seal(toConnection(coverage, { first, after, cursorOf: (each) => each.provider }));
  }
}
