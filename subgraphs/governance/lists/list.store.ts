import type { Query, Row } from '../../../shared/evidence/store/index.js';
import type { Profile } from '../../../shared/law/index.js';
import { LIVE } from './live-lists.js';
import type { ListKind, ListRow } from './list-kind.rule.js';
import { standsOnNegativeList } from './negative-list.rule.js';

/** A published version of a list, or one of a higher level. */
export interface ListVersionRow {
  readonly number: number;
  readonly id: string;
  readonly kind: ListKind;
  readonly level: 'OWN' | 'HIGHER';
  /** Local date. */
  readonly publishedOn: string;
  readonly entries: number;
  readonly clauses: readonly string[];
}
export interface ListRequest {
  readonly kind: ListKind;
  /** A version; the list as it is now where absent. */
  readonly version?: number | undefined;
  /** Code of one department; every one's where absent. */
  readonly department?: string | undefined;
  /** Key behind which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
}
export interface ListStoreOptions {
  readonly profile: Profile;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Keys of who looks; of who sees all where absent. */
  readonly viewer?: readonly string[] | undefined;
}

const COLUMNS =
  'key, department, provider, resource, name, items, share_type, state, basis, scenario, update_cycle, openness';

/** The lists as they are, and as they were published. */
export class ListStore {
  constructor(
    private readonly query: Query,
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

  /** Every line, in pages. */
  async *all(request: Omit<ListRequest, 'after' | 'limit'>): AsyncGenerator<readonly ListRow[]> {
    let after: string | undefined;
    for (;;) {
      const rows = await this.page({ ...request, after, limit: PAGE });
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.key;
    }
  }

  async versions(kind: ListKind): Promise<ListVersionRow[]> {
    const rows = await this.query(`${SELECT_VERSION} where kind = $1 order by number desc limit 200`, [kind]);
    return rows.map(versionOf);
  }

  async version(id: string): Promise<ListVersionRow | undefined> {
    const [row] = await this.query(`${SELECT_VERSION} where id = $1`, [id]);
    return row && versionOf(row);
  }

  async newest(kind: ListKind, level: 'OWN' | 'HIGHER'): Promise<ListVersionRow | undefined> {
    const [row] = await this.query(`${SELECT_VERSION} where kind = $1 and level = $2 order by number desc limit 1`, [
      kind,
      level,
    ]);
    return row && versionOf(row);
  }

  async addVersion(version: Omit<ListVersionRow, 'number' | 'id' | 'entries'>): Promise<number> {
    const { kind, level, publishedOn, clauses } = version;
    const [row] = await this.query(
      `insert into list_version (kind, level, published_on, recorded_at, entries, clauses)
       values ($1, $2, $3, $4, 0, array(select jsonb_array_elements_text($5::jsonb))) returning number`,
      [kind, level, publishedOn, new Date(this.options.now).toISOString(), JSON.stringify(clauses)],
    );
    return Number(row!['number']);
  }

  /** Adds lines to a version that is being made. */
  async addRows(version: number, rows: readonly ListRow[]): Promise<void> {
    await this.query(
      `insert into list_entry (version, ${COLUMNS})
       select $1, key, department, provider, resource, name, array(select jsonb_array_elements_text(items)), share_type,
              state, array(select jsonb_array_elements_text(basis)), scenario, update_cycle, openness
         from jsonb_to_recordset($2::jsonb) as row (key text, department text, provider text, resource text, name text,
           items jsonb, share_type text, state text, basis jsonb, scenario text, update_cycle text, openness text)`,
      [version, JSON.stringify(rows.map(columnsOf))],
    );
    await this.query('update list_version set entries = entries + $2 where number = $1', [version, rows.length]);
  }

  private isListed(kind: ListKind, { basis }: ListRow): boolean {
    return kind !== 'NEGATIVE' || standsOnNegativeList(basis, this.options.profile);
  }

  private async read({ kind, version, department, after, limit }: ListRequest): Promise<ListRow[]> {
    const { now, viewer } = this.options;
    const values: unknown[] = version === undefined ? [new Date(now).toISOString()] : [version];
    if (version === undefined && kind === 'DEMAND') values.push(viewer ?? null);
    const source = version === undefined ? LIVE[kind] : `select ${COLUMNS} from list_entry where version = $1`;
    const at = values.length;
    const rows = await this.query(
      `select ${COLUMNS} from (${source}) list
        where ($${at + 1}::text is null or department = $${at + 1}) and key collate "C" > $${at + 2}
        order by key collate "C" limit $${at + 3}`,
      [...values, department ?? null, after ?? '', limit],
    );
    return rows.map(rowOf);
  }
}

/** Lines read at a time. */
const PAGE = 500;

const SELECT_VERSION = `
  select number, id, kind, level, to_char(published_on, 'YYYY-MM-DD') as published_on, entries, clauses from list_version`;

const versionOf = (row: Row): ListVersionRow =>
  ({
    ...{ number: row['number'], id: row['id'], kind: row['kind'], level: row['level'] },
    ...{ publishedOn: row['published_on'], entries: row['entries'], clauses: row['clauses'] },
  }) as ListVersionRow;

const rowOf = ({ share_type, update_cycle, ...same }: Row): ListRow =>
  ({ ...same, shareType: share_type, updateCycle: update_cycle }) as unknown as ListRow;

const columnsOf = ({ shareType, updateCycle, ...same }: ListRow): Row => ({
  ...same,
  share_type: shareType,
  update_cycle: updateCycle,
});
