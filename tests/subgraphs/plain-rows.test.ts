import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Entity, Filter, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Migration } from '@mikro-orm/migrations';
import type { Rel } from '@mikro-orm/core';
import { openOrm, type DatabaseServer } from '../../shared/database/index.js';
import { readPlainRows, type PlainRead } from '../../shared/subgraph/read-plain-rows.js';
import { hasOneOf } from '../../shared/subgraph/row-identity.js';
import { RowSource } from '../../shared/subgraph/row-source.js';
import type { TablePlan, TypePlan } from '../../shared/subgraph/type-plan.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

/** Files of a registry; those that are sealed are seen by nobody, as the provider's own filter says. */
@Filter({ name: 'open', cond: { sealed: false }, default: true })
@Entity()
class Dossier {
  @PrimaryKey({ type: 'text' })
  office!: string;

  @PrimaryKey({ type: 'bigint' })
  serial!: string;

  @Property({ type: 'text', nullable: true, fieldName: '标题' })
  title?: string;

  @Property({ type: 'boolean' })
  sealed!: boolean;

  @Property({ type: 'json', nullable: true })
  parties?: object;

  @Property({ type: 'datetime', nullable: true })
  filedAt?: Date;

  @ManyToOne(() => Dossier, { nullable: true })
  follows?: Rel<Dossier>;
}

class CreateDossiers extends Migration {
  override up(): void {
    this.addSql(`
      create table dossier (office text, serial bigint, "标题" text, sealed boolean not null, parties jsonb, filed_at timestamptz,
        follows_office text, follows_serial bigint, primary key (office, serial));
      insert into dossier values
        ('A', 9007199254740993, '甲', false, '{"of": ["x"]}', '2026-01-02T03:04:05Z', null, null),
        ('A', 9007199254740994, null, false, null, null, null, null),
        ('B', 1, 'o''clock \\" $1 ?', false, '[]', null, 'A', 9007199254740994),
        ('B', 2, '甲', true, null, null, null, null);
    `);
  }
}

const database = testDatabaseName('plain_rows');
let server: DatabaseServer;
let orm: Awaited<ReturnType<typeof openOrm>>;
let table: TablePlan;

beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  orm = await openOrm({
    entities: [Dossier],
    migrations: [{ name: '001', class: CreateDossiers }],
    url: server.url(database),
  });
  const metadata = orm.getMetadata().find<object>(Dossier)!;
  table = {
    database: orm,
    entity: Dossier,
    metadata,
    primaryKey: ['office', 'serial'],
    identity: ['office', 'serial'],
    columns: new Map(['title', 'parties', 'filedAt', 'follows'].map((name) => [name, [name]])),
    properties: new Map(metadata.props.map((property) => [property.name, property])),
  };
}, 60_000);
afterAll(async () => {
  await orm.close();
  await server.dropDatabase(database);
  await server.stop();
});

const PROPERTIES = ['office', 'serial', 'title', 'sealed', 'parties', 'filedAt'];
const ORDER = { office: 'asc', serial: 'asc' } as const;

const plainly = async (where: object, read: Partial<PlainRead> = {}) =>
  readPlainRows(table, orm.em.fork(), { where, properties: PROPERTIES, orderBy: ORDER, ...read });

describe('rows that are read by a statement of the kit’s', () => {
  it.each<[string, object]>([
    ['a value', { office: 'A' }],
    ['a text that would be SQL', { title: `o'clock \\" $1 ?` }],
    ['a text that closes the statement', { office: `A' or '1'='1` }],
    ['no value', { title: null }],
    ['any value', { title: { $ne: null } }],
    ['one of values', { serial: { $in: ['1', '9007199254740994'] } }],
    ['one of none', { office: { $in: [] } }],
    ['none of values', { serial: { $nin: ['1'] } }],
    ['a beginning', { title: { $like: '甲%' } }],
    ['a tuple', hasOneOf(['office', 'serial'], [['A', '9007199254740993'], ['B', '1'], ['A', '1']])], // prettier-ignore
    [
      'a choice of all',
      { $or: [{ office: 'B' }, { $and: [{ office: 'A' }, { serial: { $gt: '9007199254740993' } }] }] },
    ],
    ['nothing', {}],
  ])('are those of the ORM by %s', async (_, where) => {
    const found = await orm.em.fork().find(Dossier, where, { filters: false, orderBy: ORDER as never });
    const wanted = found.map((row) => Object.fromEntries(PROPERTIES.map((name) => [name, row[name as keyof Dossier]])));
    const rows = (await plainly(where))!;
    expect(rows.map((row) => ({ ...row }))).toEqual(wanted);
    expect(rows.every((row) => row instanceof Dossier)).toBe(true);
  });

  it('are left to the ORM where a condition, a column or an order is not of the table alone', async () => {
    const left = await Promise.all([
      plainly({ follows: { office: 'A' } }),
      plainly({ $not: { office: 'A' } }),
      plainly({ title: { $re: '甲' } }),
      plainly({ filedAt: new Date(0) }),
      plainly({ title: undefined }),
      plainly({ '1 = 1 or office': 'A' }),
      plainly({}, { properties: ['follows'] }),
      plainly({}, { orderBy: { 'office; drop table dossier': 'asc' } }),
    ]);
    expect(left).toEqual(left.map(() => undefined));
  });

  it.each([
    ['columns', ['title']],
    ['a relation, by the ORM', ['title', 'follows']],
  ])('leave out what the provider’s own filter leaves out, of %s', async (_, fields) => {
    const plan = { name: 'Dossier', names: ['Dossier'], table } as unknown as TypePlan;
    const rows = await new RowSource({} as never).read(plan, { title: '甲' }, new Set(fields));
    expect(rows.map(({ office, serial }) => [office, serial])).toEqual([['A', '9007199254740993']]);
  });
});
