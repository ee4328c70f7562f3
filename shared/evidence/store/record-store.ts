import { sql } from 'kysely';
import type { GraphRecord } from '../graph-record.js';
import type { ChainPosition, StoredRecord } from '../record-line.js';
import { copyLine } from './copy-text.js';
import { ItemSets } from './item-sets.js';
import { LocalDays } from './local-days.js';
import { DailyCounts } from './record-row.js';
import { RECORD_COLUMNS, recordValues, type RecordValues } from './record-values.js';
import { ACT_CHANNEL, EVIDENCE_CHANNEL } from './notify-channels.js';
import { run, statements } from './statements.js';
import type { Query, StoreConnection } from './store-connection.js';

/** Number and hash of a chain's newest record; 0 and '' before the first. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}
/** A chain's end in the database; with the month of its newest record, YYYY-MM-01, '' before the first, and the first
 *  month that is not archived, '' where none is. */
export type HeldChain = ChainEnd & { readonly month: string; readonly open: string };
/** A record with the exact text of its line, without the line end. */
export interface StoredLine {
  readonly record: StoredRecord;
  readonly line: string;
}
export interface Batch {
  readonly writer: string;
  readonly home: 'folder' | 'database' | 'governance';
  /** The end of the chain that the first line follows. */
  readonly after: ChainEnd;
  /** At least one, each following the one before it. */
  readonly lines: readonly StoredLine[];
}

/** The chain in the database does not end where a batch begins: somebody else has written behind it, or it already
 *  holds the batch. Nothing was stored. */
export class ChainMoved extends Error {
  constructor(readonly end: ChainEnd) {
    super(`the chain in the database ends with record ${end.seq}`);
  }
}

/** The one place that writes evidence into the database. What it does with a batch is one step of the transaction that
 *  it is called in: the records, what they count for, and how far the chain has come. So a batch that is sent again after
 *  an answer was lost is found there or is not, and is never there twice or in part. */
export class RecordStore {
  private readonly sets = new ItemSets();
  private readonly days: LocalDays;

  /** @param timeZone  in which days and months are counted */
  constructor(timeZone: string) {
    this.days = new LocalDays(timeZone);
  }

  /** The end of a chain, whose row is held until the transaction ends; 0 and '' for one that is new. */
  async hold({ query }: StoreConnection, writer: string, home: Batch['home']): Promise<HeldChain> {
    await query('insert into evidence.chain (writer, home) values ($1, $2) on conflict do nothing', [writer, home]);
    const [row] = await run(
      query,
      statements
        .selectFrom('evidence.chain')
        .select([
          'seq',
          'hash',
          sql<string>`coalesce(to_char(month, 'YYYY-MM-DD'), '')`.as('month'),
          sql<string>`coalesce(${statements
            .selectFrom('evidence.archive')
            .select(sql<string>`to_char(max(month) + interval '1 month', 'YYYY-MM-DD')`.as('month'))}, '')`.as('open'),
        ])
        .where('writer', '=', writer)
        .forUpdate(),
    );
    const { seq, hash, month, open } = row!;
    return { seq: Number(seq), hash, month, open };
  }

  /** Stores a batch behind its chain.
   *  @returns  what to call when the transaction has been committed
   *  @throws ChainMoved when the chain does not end where the batch begins */
  async add(connection: StoreConnection, { writer, home, after, lines }: Batch): Promise<() => void> {
    const { query } = connection;
    const end = await this.hold(connection, writer, home);
    if (end.seq !== after.seq || end.hash !== after.hash) throw new ChainMoved(end);
    const months = this.monthsOf(lines, end.month < end.open ? end.open : end.month);
    for (const month of new Set(months))
      if (month !== end.month) await query('select evidence.open_month($1::date)', [month]);

    const [ledger] = await run(
      query,
      statements
        .updateTable('evidence.ledger')
        .set((columns) => ({ position: sql<string>`${columns.ref('position')} + ${lines.length}` }))
        .returning('position'),
    );
    const newest = Number(ledger!.position);
    const first = newest - lines.length + 1;
    for (const [i, { record }] of lines.entries())
      if (record.kind === 'graph') await addGraph(query, record, first + i);

    const accesses = lines.flatMap(({ record }) => (record.kind === 'access' ? [record] : []));
    const { ids, committed } = await this.sets.number(query, accesses);
    const counts = new DailyCounts(this.days);
    const setOf = new Map<StoredRecord, number>(accesses.map((record, i) => [record, ids[i]!]));
    for (const [record, items] of setOf) counts.add(record, items);

    await insert(
      connection,
      lines.map((stored, i) =>
        recordValues(stored, { month: months[i]!, position: first + i, items: setOf.get(stored.record) }),
      ),
    );
    await addCounts(query, counts);
    const last = lines.at(-1)!.record;
    await query('update evidence.chain set seq = $1, hash = $2, month = $3::date where writer = $4', [
      last.seq,
      last.hash,
      months.at(-1)!,
      writer,
    ]);
    await query('select pg_notify($1, $2)', [EVIDENCE_CHANNEL, `${newest}`]);
    if (lines.some(({ record }) => record.kind === 'act'))
      await query('select pg_notify($1, $2)', [ACT_CHANNEL, `${newest}`]);
    return committed;
  }

  /** The month of each record: that of its time, never before that of the record in front of it or one that was
   *  archived, never to come. */
  private monthsOf(lines: readonly StoredLine[], before: string): string[] {
    const monthOf = (instant: number) => `${this.days.of(instant).slice(0, 7)}-01`;
    const now = monthOf(Date.now());
    let month = before;
    return lines.map(({ record }) => {
      const own = monthOf(Date.parse(record.time));
      if (own > month) month = own < now ? own : now > month ? now : month;
      return month;
    });
  }
}

/** The place behind a chain's end. */
export const nextChainPosition = (writer: string, { seq, hash }: ChainEnd): ChainPosition => ({
  writer,
  seq: seq + 1,
  prev: hash,
});

async function insert({ query, copy }: StoreConnection, rows: readonly RecordValues[]): Promise<void> {
  const into = `evidence.record (${RECORD_COLUMNS.join(', ')})`;
  if (copy) return copy(`copy ${into} from stdin`, rows.map(copyLine));
  const places = RECORD_COLUMNS.map((_, i) => `$${i + 1}`).join(', ');
  for (const row of rows)
    await query(
      `insert into ${into} values (${places})`,
      row.map((value) => value ?? null),
    );
}

async function addGraph(query: Query, { version, time, items }: GraphRecord, position: number): Promise<void> {
  const added = await query(
    'insert into evidence.graph (version, at, position) values ($1, $2, $3) on conflict do nothing returning version',
    [version, time, position],
  );
  if (added.length === 0) return;
  for (const { provider, resource = null, shareType, coordinates } of items) {
    await query(
      `insert into evidence.graph_item (graph, provider, resource, share_type, coordinate)
       select $1, $2, $3, $4, unnest($5::text[]) on conflict do nothing`,
      [version, provider, resource, shareType, coordinates],
    );
  }
}

async function addCounts(query: Query, counts: DailyCounts): Promise<void> {
  const list = counts.list();
  if (list.length === 0) return;
  const column = <K extends keyof (typeof list)[number]>(name: K) => list.map((count) => count[name]);
  await query(
    `insert into evidence.daily (day, department, scenario, items, mode, outcome, requests, rows, subjects)
     select * from unnest($1::date[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bigint[],
                          $8::bigint[], $9::bigint[])
     on conflict (day, department, scenario, items, mode, outcome) do update
        set requests = daily.requests + excluded.requests, rows = daily.rows + excluded.rows,
            subjects = daily.subjects + excluded.subjects`,
    [
      column('day'),
      column('department'),
      column('scenario'),
      column('items'),
      column('mode'),
      column('outcome'),
      column('requests'),
      column('rows'),
      column('subjects'),
    ],
  );
}
