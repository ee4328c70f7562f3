import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../shared/kernel/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  toConnection,
  requirePageSize,
  sealList,
} from '../../../shared/subgraph/index.js';
import { viewerKeys } from '../application/index.js';
import { type GovernanceContext, GroundsArguments } from '../core/index.js';
import { compareLists } from './compare-lists.rule.js';
import { clausesOf, type ListKind, type ListLevel, type ListRow } from './list-kind.rule.js';
import { ListStore, type ListVersionRow } from './list.store.js';
import { publishList } from './publish-list.js';
import {
  type ListDifference,
  ListDifferenceConnection,
  type ListEntry,
  ListKinds,
  type ListVersion,
  ListVersionConnection,
  PublishListResult,
  ShareList,
} from './share-list.type.js';
import { say } from './messages/index.js';

/** The three lists. As they are now, demands are seen by their parties; a published list is seen by every department.
 *  @source JL-24g, JL-24h, JL-24i, JL-24j, YN-9c */
@Resolver()
export class ListResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ShareList, {
    nullable: true,
    description: '清单\nAs it is now, or a published version; of one department where named.',
  })
  async shareList(
    @Arg('kind', () => ListKinds) kind: ListKind,
    @Arg('version', () => String, { nullable: true }) version: string | null | undefined,
    @Filters('ListEntry.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<ShareList> {
    const list = sealList(context, `shareList ${kind}`);
    const { first, after } = list.open(page);
    requirePageSize(first);
    const store = openStore(context);
    const published = version == null ? undefined : await findVersion(store, version, kind);
    const rows = await store.page({
      kind,
      version: published?.number,
      department: department ?? undefined,
      after: after ?? undefined,
      limit: first + 1,
    });
    const entries = rows.map((row): ListEntry => ({ ...row, items: [...row.items], basis: [...row.basis] }));
    return {
      ...list.seal(toConnection(entries, { first, after, cursorOf: ({ key }) => key })),
      version: published,
      clauses: published?.clauses ?? clausesOf(context.own.profile, kind),
    };
  }

  @Share('UNCONDITIONAL')
  @Query(() => ListVersionConnection, {
    nullable: true,
    description: '清单版本\nNewest first, with those of a higher level.',
  })
  async listVersions(
    @Arg('kind', () => ListKinds) kind: ListKind,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<ListVersion>> {
    const list = sealList(context, `listVersions ${kind}`);
    const { first, after } = list.open(page);
    requirePageSize(first);
    const store = openStore(context);
    const before = after == null ? undefined : (await findVersion(store, after, kind)).number;
    const versions = await store.versions(kind, { before, limit: first + 1 });
    return list.seal(toConnection(versions, { first, after, cursorOf: ({ id }) => id }));
  }

  @Share('UNCONDITIONAL')
  @Query(() => ListDifferenceConnection, {
    nullable: true,
    description:
      '清单差异\nDifferences of the newest own version from the newest of the higher level; or of one version from another.',
  })
  async listDifferences(
    @Arg('kind', () => ListKinds) kind: ListKind,
    @Arg('from', () => String, { nullable: true }) from: string | null | undefined,
    @Arg('to', () => String, { nullable: true }) to: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<ListDifference>> {
    const list = sealList(context, `listDifferences ${kind}`);
    const { first, after } = list.open(page);
    requirePageSize(first);
    const store = openStore(context);
    const readVersion = async (id: string | null | undefined, level: ListLevel): Promise<ListRow[]> => {
      const version = id == null ? await store.newest(kind, level) : await findVersion(store, id, kind);
      const rows: ListRow[] = [];
      if (version) for await (const some of store.all({ kind, version: version.number })) rows.push(...some);
      return rows;
    };
    const changes = compareLists(await readVersion(from, 'HIGHER'), await readVersion(to, 'OWN'));
    const behind = after == null ? changes : changes.filter(({ key }) => key > after);
    return list.seal(toConnection(behind, { first, after, cursorOf: ({ key }) => key }));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => PublishListResult, { description: '发布清单\nThe list as it is now, as a version that stays.' })
  publishList(
    @Arg('kind', () => ListKinds) kind: ListKind,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<PublishListResult> {
    return publishList(kind, grounds, context);
  }
}

const openStore = ({ em, fetch, own: { profile, now } }: GovernanceContext): ListStore =>
  new ListStore(em, { profile, now: now(), viewer: viewerKeys(fetch) });

async function findVersion(store: ListStore, id: string, kind: ListKind): Promise<ListVersionRow> {
  const version = await store.version(id);
  if (version?.kind === kind) return version;
  throw new HubError('BAD_USER_INPUT', say('list.unknown', { id: id.slice(0, 40) }));
}
