import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rooms } from '../../subgraphs/governance/rooms.js';
import { migrations } from '../../subgraphs/governance/migrations/index.js';
import { readMigrationSql } from '../support/migration-sql.js';
import { tablesNamedIn } from './support/sql-tables.js';

const GOVERNANCE = 'subgraphs/governance';

/** Tables of no room: `shared/` or the gateway writes them, and rooms go through their doors. */
const SHARED_TABLES: Readonly<Record<string, string>> = {
  read_model: 'shared/read-model',
  quota_use: 'gateway/permission',
  page_session: 'gateway/http/session',
  'evidence.chain': 'shared/evidence',
  'evidence.head': 'shared/evidence',
  'evidence.ledger': 'shared/evidence',
  'evidence.graph_item': 'shared/evidence',
  'evidence.graph': 'shared/evidence',
  'evidence.item_set': 'shared/evidence',
  'evidence.item_use': 'shared/evidence',
  'evidence.record': 'shared/evidence',
  'evidence.daily': 'shared/evidence',
  'evidence.archive': 'shared/evidence',
};

/** Rooms that read what shared/evidence writes, through the columns that it declares (`EvidenceTables`): they show records
 *  to whom they concern, make notices of them, and deliver them. */
const READS_EVIDENCE = ['evidence', 'reminders', 'subscriptions'];

const owners = new Map<string, string>(Object.entries(SHARED_TABLES));
for (const { name, tables } of rooms) for (const table of tables) owners.set(table, name);

describe('the tables of governance', () => {
  it('have one owner each', () => {
    const owned = [...rooms.flatMap(({ tables }) => tables), ...Object.keys(SHARED_TABLES)];
    expect(owned.filter((table, at) => owned.indexOf(table) !== at)).toEqual([]);
  });

  it('are all the tables that the migrations make', async () => {
    const made = new Set<string>();
    for (const { class: migration } of migrations)
      for (const statement of await readMigrationSql(migration))
        for (const [, table] of statement.matchAll(/create table ([a-z_.]*[a-z_])\s/g)) made.add(table!);
    expect([...owners.keys()].sort()).toEqual([...made].sort());
  });

  it('are named by the SQL of their own room alone', () => {
    expect(namedByStrangers().map(({ file, table }) => `${file} names ${table} of ${owners.get(table)}`)).toEqual([]);
  });
});

describe('the search for table names', () => {
  const known = new Set(['duty', 'share_grant', 'evidence.record']);
  const named = (source: string) => [...tablesNamedIn('a.ts', source, known)].sort();

  it.each([
    ['a string', `query('select 1 from duty where id = $1')`, ['duty']],
    ['a template', 'query(`update share_grant set state = ${x}`)', ['share_grant']],
    [
      'the rest of a template',
      'query(`select ${columns} from duty join share_grant on true`)',
      ['duty', 'share_grant'],
    ],
    ['a schema', 'query(`insert into evidence.record values (1)`)', ['evidence.record']],
    ['a list', 'query(`select 1 from duty d, share_grant g`)', ['duty', 'share_grant']],
    ['Kysely', `db.selectFrom('share_grant as g').innerJoin('duty', 'a', 'b')`, ['duty', 'share_grant']],
    ['Kysely with a list', `db.selectFrom(['duty', 'share_grant as g'])`, ['duty', 'share_grant']],
  ])('finds them in %s', (_, source, tables) => {
    expect(named(source)).toEqual(tables);
  });

  it('finds none in words that are no SQL', () => {
    expect(named(`say('a duty of the department'); const duty = 1;`)).toEqual([]);
  });
});

function namedByStrangers(): { room: string; file: string; table: string }[] {
  const known = new Set(owners.keys());
  return rooms.flatMap(({ name: room }) =>
    filesOf(room).flatMap((file) =>
      [...tablesNamedIn(file, readFileSync(file, 'utf8'), known)]
        .filter((table) => owners.get(table) !== room)
        .filter((table) => !(READS_EVIDENCE.includes(room) && owners.get(table) === 'shared/evidence'))
        .map((table) => ({ room, file, table })),
    ),
  );
}

function filesOf(room: string): string[] {
  const folder = join(GOVERNANCE, room);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
