import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type pg from 'pg';
import { z } from 'zod';
import { type RecordStore, connectionOf, holdActs, recordActs } from '../../../shared/evidence/store/index.js';
import { SHARE_TYPES, HubError, type Text } from '../../../shared/kernel/index.js';
import type { Profile } from '../../../shared/law/index.js';
import { clausesOf, LIST_STATES, type ListKind, type ListRow, type ListState } from './list-kind.rule.js';
import { ListStore } from './list.store.js';
import { say } from './messages/index.js';

const text = z.string().trim().min(1).max(500);
const line = z.strictObject({
  key: text,
  department: text,
  provider: text.nullish(),
  resource: text.nullish(),
  name: text,
  items: z.array(text).max(2_000).default([]),
  shareType: z.enum(SHARE_TYPES).nullish(),
  state: z.enum(Object.keys(LIST_STATES) as [ListState, ...ListState[]]).default('IN_FORCE'),
  basis: z.array(text).max(50).default([]),
  scenario: text.nullish(),
  updateCycle: text.nullish(),
  openness: text.nullish(),
});

export interface ImportOptions {
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly profile: Profile;
  readonly kind: ListKind;
  /** Local date on which the higher level published it. */
  readonly publishedOn: string;
  /** NDJSON as `sharehub list … --format ndjson` writes it. */
  readonly input: Readable;
  readonly now: number;
}

/** Takes in a list of a higher level, from which a city makes its own; whole or not at all. @source JL-24j
 *  @throws HubError BAD_USER_INPUT naming the line that has a problem */
export async function importList(options: ImportOptions): Promise<{ readonly id: string; readonly entries: number }> {
  const { pool, store, profile, kind, publishedOn, input, now } = options;
  const client = await pool.connect();
  try {
    await client.query('begin');
    const connection = connectionOf(client);
    const held = await holdActs(store, connection);
    const list = new ListStore(client, { profile, now });
    const clauses = clausesOf(profile, kind);
    const number = await list.addVersion({ kind, level: 'HIGHER', publishedOn, clauses });
    for await (const rows of readRows(input)) await list.addRows(number, rows);
    const { id, entries } = (await list.newest(kind, 'HIGHER'))!;
    if (entries === 0) throw new HubError('BAD_USER_INPUT', say('import.empty'));
    const committed = await recordActs(store, connection, held, [
      {
        time: new Date(now).toISOString(),
        act: 'IMPORT_LIST',
        object: `list/${id}`,
        concerns: [],
        basis: clauses,
        terms: { list: kind, publishedOn, entries },
      },
    ]);
    await client.query('commit');
    committed();
    client.release();
    return { id, entries };
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const BATCH = 500;

async function* readRows(input: Readable): AsyncGenerator<ListRow[]> {
  let rows: ListRow[] = [];
  const keys = new Set<string>();
  let number = 0;
  // The reader drops lines that arrive before this loop, so it is opened only here.
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    const row = parseRow(line, number);
    if (keys.has(row.key)) throw refuseLine(number, say('import.repeated', { key: row.key }));
    keys.add(row.key);
    if (rows.push(row) < BATCH) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

function parseRow(written: string, number: number): ListRow {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    throw refuseLine(number, say('import.notJson'));
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw refuseLine(number, say('import.at', { path: path.join('.'), message }));
  }
  const {
    provider = null,
    resource = null,
    shareType = null,
    scenario = null,
    updateCycle = null,
    openness = null,
  } = parsed.data;
  return { ...parsed.data, provider, resource, shareType, scenario, updateCycle, openness };
}

const refuseLine = (number: number, why: Text): HubError =>
  new HubError('BAD_USER_INPUT', say('import.line', { number, why }));
