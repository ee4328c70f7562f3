import { sql } from 'kysely';
import type { Profile } from '../../../shared/law/index.js';
import type { Database } from '../core/index.js';
import type { ListKind, ListLevel, ListRow } from './list-kind.rule.js';
import { standsOnNegativeList } from './negative-list.rule.js';
import { READ_LIVE } from './read-live-list.js';
import { listTables } from './tables.js';

/** A published version of a list, or one of a higher level. */
export interface ListVersionRow {
  readonly number: number;
  readonly id: string;
  readonly kind: ListKind;
  readonly level: ListLevel;
  /** Local date. */
  readonly publishedOn: string;
  readonly entries: number;
  readonly clauses: string[];
}
export interface ListRequest {
  readonly kind: ListKind;
  /** Number of a version; the list as it is now where absent. */
  readonly version?: number | undefined;
  /** Code of one department; every department's where absent. */
  readonly department?: string | undefined;
  /** Key behind which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}
export interface ListStoreOptions {
  readonly profile: Profile;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Keys of the viewer; undefined for one who sees all. */
  readonly viewer?: readonly string[] | undefined;
}

/** Lines read at a time. */
const BATCH = 500;

/** The lists as they are, and as they were published. */
export class ListStore {
  constructor(
    private readonly database: Database,
    private readonly options: ListStoreOptions,
  ) {}

  /** Lines behind a key, in the order of the keys. */
  async page({ kind, version, department, after, limit }: ListRequest): Promise<ListRow[]> {
    const rows: ListRow[] = [];
    let from = after ?? '';
    while (rows.length < limit) {
      const more = limit - rows.length;
      const found = await this.read({ kind, version, department, after: from, limit: more });
      rows.push(...found.filter((row) => version !== undefined || this.isListed(kind, row)));
      if (found.length < more) break;
      from = found.at(-1)!.key;
    }
    return rows;
  }

  /** Every line, in batches. */
  async *all(request: Omit<ListRequest, 'after' | 'limit'>): AsyncGenerator<readonly ListRow[]> {
    let after: string | undefined;
    for (;;) {
      const rows = await this.page({ ...request, after, limit: BATCH });
      if (rows.length > 0) yield rows;
      if (rows.length < BATCH) return;
      after = rows.at(-1)!.key;
    }
  }

  /** Versions of a list, the newest first, from the one before number `before`. */
  async versions(
    kind: ListKind,
    { before, limit }: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<ListVersionRow[]> {
    return this.selectVersions()
      .where('kind', '=', kind)
      .$if(before !== undefined, (query) => query.where('number', '<', before!))
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
  }

  async version(id: string): Promise<ListVersionRow | undefined> {
    return this.selectVersions().where('id', '=', id).executeTakeFirst();
  }

  async newest(kind: ListKind, level: ListLevel): Promise<ListVersionRow | undefined> {
    return this.selectVersions()
      .where('kind', '=', kind)
      .where('level', '=', level)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  async addVersion(version: Omit<ListVersionRow, 'number' | 'id' | 'entries'>): Promise<number> {
    const { kind, level, publishedOn, clauses } = version;
    const { number } = await listTables(this.database)
      .insertInto('list_version')
      .values({
        kind,
        level,
        published_on: publishedOn,
        recorded_at: new Date(this.options.now),
        entries: 0,
        clauses,
      })
      .returning('number')
      .executeTakeFirstOrThrow();
    return number;
  }

  /** Adds lines to a version that is being made. */
  async addRows(version: number, rows: readonly ListRow[]): Promise<void> {
    const tables = listTables(this.database);
    await tables
      .insertInto('list_entry')
      .values(
        rows.map(({ shareType, updateCycle, items, basis, ...same }) => ({
          ...same,
          version,
          items: [...items],
          basis: [...basis],
          share_type: shareType,
          update_cycle: updateCycle,
        })),
      )
      .execute();
    await tables
      .updateTable('list_version')
      .set((eb) => ({ entries: eb('entries', '+', rows.length) }))
      .where('number', '=', version)
      .execute();
  }

  private selectVersions() {
    return listTables(this.database)
      .selectFrom('list_version')
      .select(['number', 'id', 'kind', 'level', 'entries', 'clauses'])
      .select((eb) => sql<string>`to_char(${eb.ref('published_on')}, 'YYYY-MM-DD')`.as('publishedOn'));
  }

  private isListed(kind: ListKind, { basis }: ListRow): boolean {
    return kind !== 'NEGATIVE' || standsOnNegativeList(basis, this.options.profile);
  }

  private async read({ kind, version, department, after = '', limit }: ListRequest): Promise<ListRow[]> {
    const { now, viewer } = this.options;
    if (version === undefined)
      return READ_LIVE[kind]({ database: this.database, now: new Date(now), viewer }, { department, after, limit });
    return listTables(this.database)
      .selectFrom('list_entry')
      .select(['key', 'department', 'provider', 'resource', 'name', 'items', 'share_type as shareType', 'state'])
      .select(['basis', 'scenario', 'update_cycle as updateCycle', 'openness'])
      .where('version', '=', version)
      .where('key', '>', after)
      .$if(department !== undefined, (query) => query.where('department', '=', department!))
      .orderBy('key')
      .limit(limit)
      .execute();
  }
}
