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
import { CatalogueFinding } from './catalogue-finding.js';
import { checkStoredEntries } from './check-stored-entries.js';
import { listEntriesWithItems } from './department-findings.store.js';
import { EntryFindings } from './entry-findings.js';

const EntryFindingsConnection = defineConnection(EntryFindings, { title: '部门目录检查结果' });

/** The check of a department's whole catalogue. @source QZ-4.2a */
@Resolver()
export class DepartmentFindingsResolver {
  @Share('UNCONDITIONAL')
  @Query(() => EntryFindingsConnection, {
    nullable: true,
    description:
      '检查部门目录\nEvery revision of a department that is worked on or in force, with all that is wrong or doubtful in it. For that department, the authority, auditors and operators.',
  })
  async departmentFindings(
    @Filters('CatalogueResource.provider') @Arg('department', () => String) department: string,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<EntryFindings>> {
    const { em, fetch, own } = context;
    const list = sealList(context, 'departmentFindings');
    const { first, after } = list.open(page);
    requirePageSize(first);
    const previous = after ?? '';
    const mayCheck = department === fetch.department || seesAll(fetch);
    const entries = mayCheck ? await listEntriesWithItems(em, department, { after: previous, limit: first + 1 }) : [];
    const findings = await checkStoredEntries(em, entries, own.profile);
    const checked = entries.map(({ entry: { id, code, name, state } }, at) => ({
      id,
      code,
      name,
      state,
      findings: findings[at]!.map((finding) => CatalogueFinding.of(finding)),
    }));
    return list.seal(toConnection(checked, { first, after, cursorOf: ({ id }) => id }));
  }
}
