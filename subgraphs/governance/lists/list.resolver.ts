import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../shared/kernel/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments } from '../../../shared/subgraph/index.js';
import { type GovernanceContext, GroundsArguments, queryIn } from '../core/index.js';
import { viewerKeys } from '../application/index.js';
import { differences } from './differences.rule.js';
import { clausesOf, type ListKind, type ListRow } from './list-kind.rule.js';
import { ListStore, type ListVersionRow } from './list.store.js';
import { publishList } from './publish-list.js';
import { ListDifferencePage, ListKinds, ListPage, ListVersion, PublishListResult } from './share-list.js';

const KIND = () => ListKinds;

/** The three lists. As they are now, demands are seen by their parties; a published list is seen by every department.
 *  @source JL-24g, JL-24h, JL-24i, JL-24j, YN-9c */
@Resolver()
export class ListResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ListPage, {
    nullable: true,
    description: '清单\nAs it is now, or a published version; of one department where named.',
  })
  async shareList(
    @Arg('kind', KIND) kind: ListKind,
    @Arg('version', () => String, { nullable: true }) version: string | null | undefined,
    @Filters('ListEntry.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<ListPage> {
    const { first, after } = checked(page);
    const store = storeFor(context);
    const published = version == null ? undefined : await versionOf(store, version, kind);
    const rows = await store.page({
      ...{ kind, version: published?.number, department: department ?? undefined },
      ...{ after: after == null ? undefined : keyOf(after), limit: first + 1 },
    });
    const { items, next } = cut(rows, first);
    const clauses = published ? [...published.clauses] : clausesOf(context.own.profile, kind);
    return {
      ...{ version: published && shown(published), clauses },
      items: items.map((row) => ({ ...row, items: [...row.items], basis: [...row.basis] })),
      ...(next !== undefined && { next }),
    };
  }

  @Share('UNCONDITIONAL')
  @Query(() => [ListVersion], { nullable: true, description: '清单版本\nNewest first, with those of a higher level.' })
  async listVersions(@Arg('kind', KIND) kind: ListKind, @Ctx() context: GovernanceContext): Promise<ListVersion[]> {
    return (await storeFor(context).versions(kind)).map(shown);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ListDifferencePage, {
    nullable: true,
    description:
      '清单差异\nWhat the newest own version has otherwise than the newest of the higher level; or one version than another.',
  })
  async listDifferences(
    @Arg('kind', KIND) kind: ListKind,
    @Arg('from', () => String, { nullable: true }) from: string | null | undefined,
    @Arg('to', () => String, { nullable: true }) to: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<ListDifferencePage> {
    const { first, after } = checked(page);
    const store = storeFor(context);
    const wholeOf = async (id: string | null | undefined, level: 'OWN' | 'HIGHER'): Promise<ListRow[]> => {
      const version = id == null ? await store.newest(kind, level) : await versionOf(store, id, kind);
      const rows: ListRow[] = [];
      if (version) for await (const some of store.all({ kind, version: version.number })) rows.push(...some);
      return rows;
    };
    const changes = differences(await wholeOf(from, 'HIGHER'), await wholeOf(to, 'OWN'));
    const behind = after == null ? changes : changes.filter(({ key }) => key > keyOf(after));
    const { items, next } = cut(behind, first);
    return {
      items: items.map((change) => ({ ...change, fields: [...change.fields] })),
      ...(next !== undefined && { next }),
    };
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => PublishListResult, { description: '发布清单\nThe list as it is now, as a version that stays.' })
  publishList(
    @Arg('kind', KIND) kind: ListKind,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<PublishListResult> {
    return publishList(kind, grounds, context);
  }
}

const storeFor = ({ em, fetch, own: { profile, now } }: GovernanceContext): ListStore =>
  new ListStore(queryIn(em), { profile, now: now(), viewer: viewerKeys(fetch) });

async function versionOf(store: ListStore, id: string, kind: ListKind): Promise<ListVersionRow> {
  const version = await store.version(id);
  if (version?.kind === kind) return version;
  throw new HubError('BAD_USER_INPUT', `There is no version "${id.slice(0, 40)}" of this list.`);
}

const shown = ({ id, kind, level, publishedOn, entries, clauses }: ListVersionRow): ListVersion => ({
  ...{ id, kind, level, publishedOn, entries },
  clauses: [...clauses],
});

function checked(page: PageArguments): PageArguments {
  if (page.first >= 1 && page.first <= 100) return page;
  throw new HubError('BAD_USER_INPUT', '`first` must be from 1 to 100.');
}

/** @param rows  one more than the page holds, where there are more */
function cut<T extends { readonly key: string }>(rows: readonly T[], first: number): { items: T[]; next?: string } {
  const items = rows.slice(0, first);
  return { items, ...(rows.length > first && { next: Buffer.from(items.at(-1)!.key).toString('base64url') }) };
}
const keyOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();
