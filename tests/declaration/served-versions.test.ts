import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openOrmOn, type DatabaseServer } from '../../shared/database/index.js';
import { buildDeclaredGraph } from '../../shared/declaration/graph/index.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { hostedRows } from '../../subgraphs/declared/hosted/hosted-rows.store.js';
import { openDeclared } from '../../subgraphs/declared/open-declared.js';
import { rounds } from '../support/rounds.js';
import { waitUntil } from '../governance/support/wait-until.js';
import { openTestServer } from '../support/test-database.js';
import { EDUCATION, educationWith } from './education.js';
import { DeclaredProcess } from './support/declared-process.js';

/** A small declaration of another department. */
const shop = (subgraph: string, items = '', more = ''): string => `version: 1
subgraph: ${subgraph}
department: market
types:
  Shop:
    title: 网点
    resource: { code: 302001/000001 }
    share: { type: UNCONDITIONAL }
    from: { hosted: {} }
    keys: [[number]]
    items:
      number: { title: 编号, required: true }
      ${items || 'name: { title: 名称 }'}
    lookups: { shop: [number] }
${more}`;
const SHOPS = shop('shops');
const FIND = '{ shop(number: "1") { number } }';

const VERSIONS = rounds(50, 200);

let server: DatabaseServer;
let process: DeclaredProcess;

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(async () => {
  await server?.stop();
});
beforeEach(async () => {
  process = await DeclaredProcess.start(server);
});
afterEach(async () => {
  await process?.stop();
});

const inForce = async (...declarations: string[]) => {
  for (const declaration of declarations) await process.publish(declaration);
  await process.declared.follow();
};
const codeOf = async (declaration: string): Promise<string | undefined> => {
  const { errors } = await process.ask(declaration)(FIND);
  return errors[0]?.extensions.code;
};

describe('declarations that are in force', () => {
  it('are served by their own key and audience alone', async () => {
    await inForce(SHOPS, shop('stalls').replaceAll('Shop', 'Stall').replace('{ shop:', '{ stall:'));
    const asStalls = process.ask(SHOPS, { audience: 'stalls' });
    expect(await asStalls(FIND)).toMatchObject({ status: 401 });
    expect((await process.ask(SHOPS)(FIND)).data).toEqual({ shop: null });
  });

  it('accept a context once, whichever version it is sent to', async () => {
    await inForce(SHOPS);
    const next = shop('shops', 'phone: { title: 电话 }');
    await inForce(next);
    const [first, second] = [process.ask(SHOPS, { id: 'one' }), process.ask(next, { id: 'one' })];
    expect((await first(FIND)).status).toBe(200);
    expect((await second(FIND)).status).toBe(401);
  });

  it('are not served under any other address', async () => {
    await inForce(SHOPS);
    expect(await codeOf(shop('shops', 'other: { title: 其他 }'))).toBe('NOT_FOUND');
    for (const path of ['/graphql', '/shops/graphql', '/shops/../shops', '/%00'])
      expect((await fetch(process.declared.url + path, { method: 'POST' })).status).toBe(404);
  });

  it('swap without a failed request: the old version is served for a while, the new one at once', async () => {
    await inForce(SHOPS);
    let version = SHOPS;
    let stopped = false;
    const answers: number[] = [];
    const asking = (async () => {
      while (!stopped) {
        answers.push((await process.ask(version)(FIND)).status);
        await setImmediate();
      }
    })();
    for (let i = 0; i < 20; i++) {
      const next = shop('shops', `item${i}: { title: 第${i}项 }`);
      await process.publish(next);
      // A gateway swaps as soon as governance says so, maybe before this process has heard of it.
      version = next;
      expect((await process.ask(next)(`{ shop(number: "1") { item${i} } }`)).errors).toEqual([]);
    }
    stopped = true;
    await asking;
    expect(answers.filter((status) => status !== 200)).toEqual([]);
    expect((await process.ask(SHOPS)(FIND)).status).toBe(200);
  }, 240_000);

  it('end some time after they were retired', async () => {
    await process.stop();
    process = await DeclaredProcess.start(server, { leaseMs: 0 });
    await inForce(SHOPS);
    const next = shop('shops', 'phone: { title: 电话 }');
    await inForce(next, shop('shops', 'fax: { title: 传真 }'));
    await expect(codeOf(SHOPS)).resolves.toBe('NOT_FOUND');
    // The version before is what a gateway falls back to.
    await expect(codeOf(next)).resolves.toBeUndefined();
  });

  it('keep being served where governance is away', async () => {
    await inForce(SHOPS);
    await process.rows.query('select 1');
    await process.governanceAway();
    await expect(process.declared.follow()).rejects.toThrow();
    expect(await codeOf(SHOPS)).toBeUndefined();
  });
});

describe('a declaration that cannot be served', () => {
  it.each([
    [
      'of a source that this hub does not read',
      SHOPS.replace('hosted: {}', 'database: front, table: shops'),
      /`database`/,
    ],
    ['whose item changed its type', shop('shops', 'name: { title: 名称, type: Int }'), /keeps name as text/],
    [
      'whose rows are kept by another key',
      SHOPS.replace('[[number]]', '[[name]]')
        .replace('名称', '名称, required: true')
        .replace('lookups: { shop: [number] }', ''),
      /kept by number/,
    ],
    [
      'that requires what rows do not have',
      shop('shops', 'name: { title: 名称, required: true }'),
      /rows without name/,
    ],
    ['whose second key is not unique', SHOPS.replace('[[number]]', '[[number], [name]]'), /same name/],
  ])('%s keeps no other out, and says why', async (_name, bad, why) => {
    await inForce(SHOPS, shop('stalls'));
    await process.rows.query(`insert into shops."Shop" (number) values ('1'), ('2')`);
    await process.rows.query(`update shops."Shop" set name = 'x' where $1`, [bad.includes('[name]]')]);
    await inForce(bad);
    expect(process.declared.held()).toEqual([{ subgraph: 'shops', id: 'V3', reason: expect.stringMatching(why) }]);
    const ready = await (await fetch(`${process.declared.url}/readyz`)).json();
    expect(ready).toEqual({ status: 'ready', held: [{ subgraph: 'shops', id: 'V3' }], sources: [] });
    const metrics = await (await fetch(`${process.declared.url}/metrics`)).text();
    expect(metrics).toContain('sharehub_declaration_held{subgraph="shops"} 1');
    expect(metrics).not.toContain('stalls');
    expect(await codeOf(bad)).toBe('NOT_READY');
    expect(await codeOf(shop('stalls'))).toBeUndefined();
    // The version before goes on, for gateways that stay with it.
    expect((await process.ask(SHOPS)(FIND)).data).toEqual({ shop: { number: '1' } });
    await inForce(SHOPS);
    expect(process.declared.held()).toEqual([]);
  });

  it('is held where this hub builds another graph of it than the one that was published', async () => {
    const published = (change: (sdl: string) => string) => {
      const { sdl } = buildDeclaredGraph(parseDeclaration(SHOPS).declaration!).built;
      expect(change(sdl)).not.toBe(sdl);
      return process.publish(SHOPS, change(sdl));
    };
    await published((sdl) => sdl.replace('  name: String', '  name: String\n  more: String'));
    await process.declared.follow();
    expect(process.declared.held()).toEqual([
      { subgraph: 'shops', id: 'V1', reason: expect.stringMatching(/another graph .* Submit it again/) },
    ]);
    expect(await codeOf(SHOPS)).toBe('NOT_READY');
    // What it says in words does not change what is answered, nor do fields that this hub adds.
    for (const change of [
      (sdl: string) => sdl.replaceAll('名称', '店名'),
      (sdl: string) => sdl.replace(/"""[^"]*"""\s*shopBatch.*\n/, ''),
    ]) {
      await process.retire('shops');
      await process.declared.follow();
      await published(change);
      await process.declared.follow();
      expect(process.declared.held()).toEqual([]);
    }
  });

  it('is told once in the log, however often it is tried', async () => {
    await inForce(
      SHOPS.replace('hosted: {}', `service: gate, success: status, calls: [{ by: [number], path: '/shops/{number}' }]`),
    );
    await process.declared.follow();
    expect(process.faults).toHaveLength(1);
  });
});

describe('hosted tables', () => {
  const columns = async (table: string) => {
    const { rows } = await process.rows.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'shops' and table_name = $1 order by 1`,
      [table],
    );
    return rows.map(({ name }) => name).filter((name) => !name.startsWith('_'));
  };

  it('have the columns of the version in force and of the one before', async () => {
    await inForce(SHOPS);
    await process.rows.query(`insert into shops."Shop" (number, name) values ('1', '东门店')`);
    const second = shop('shops', 'phone: { title: 电话 }');
    await inForce(second);
    expect(await columns('Shop')).toEqual(['name', 'number', 'phone']);
    expect((await process.ask(SHOPS)('{ shop(number: "1") { name } }')).data).toEqual({ shop: { name: '东门店' } });
    await inForce(shop('shops', 'fax: { title: 传真 }'));
    expect(await columns('Shop')).toEqual(['fax', 'number', 'phone']);
    expect(await columns('Shop_current')).toEqual(['fax', 'number', 'phone']);
  });

  it('require no longer what the version in force does not', async () => {
    await inForce(shop('shops', 'name: { title: 名称, required: true }'));
    await inForce(shop('shops', 'phone: { title: 电话 }'));
    await process.rows.query(`insert into shops."Shop" (number) values ('1')`);
    expect((await process.rows.query('select from shops."Shop_current"')).rowCount).toBe(1);
  });

  it('keep versions of rows where that is declared, and let a key be used again once its row is deleted', async () => {
    await inForce(EDUCATION);
    const { rows } = await process.rows.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'education-files' order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      ...['Pupil', 'Pupil_current', 'Pupil_history', 'School', 'School_current'],
    ]);
    const add = (number: string, deleted: boolean) =>
      process.rows.query(
        `insert into "education-files"."Pupil" ("studentNumber", "idNumber", name, division, _deleted_at) values ($1, 'same', 'x', '11', $2)`,
        [number, deleted ? new Date() : null],
      );
    await add('1', true);
    await add('2', false);
    await expect(add('3', false)).rejects.toThrow(/unique/);
  });

  it('are found by the indexes that their lists need', async () => {
    await inForce(EDUCATION);
    const { rows } = await process.rows.query<{ sql: string }>(
      `select indexdef as sql from pg_indexes where schemaname = 'education-files' and tablename = 'Pupil'`,
    );
    expect(rows.map(({ sql }) => sql.replace(/.*USING btree /, '')).sort()).toEqual([
      ...[
        '("idNumber") WHERE (_deleted_at IS NULL)',
        '("idNumber", "studentNumber")',
        '("schoolCode", "studentNumber")',
      ],
      ...['("studentNumber")', '(division, "studentNumber")', '(stage, "studentNumber")'],
    ]);
  });
});

describe('versions that come and go', () => {
  it('leave nothing behind in the process', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      return globalThis.process.memoryUsage().heapUsed;
    };
    const statistics = openOrmOn(process.rows, []);
    const build = async (i: number) => {
      const { declaration } = parseDeclaration(educationWith('title: 成绩', `title: 成绩${i}`));
      const subgraph = await openDeclared({ declaration: declaration!, prepares: false }, [hostedRows(process.rows)], {
        key: 'unguarded',
        statistics: { database: statistics },
      });
      await subgraph.stop();
    };
    for (let i = 0; i < 15; i++) await build(i);
    const before = used();
    for (let i = 0; i < VERSIONS; i++) await build(i);

    expect((used() - before) / VERSIONS).toBeLessThan(100_000);
  }, 240_000);
});

it('alters a table that is being read without a deadlock', async () => {
  await inForce(SHOPS);
  await process.rows.query(`insert into shops."Shop" (number, name) values ('1', '一号')`);
  const waiting = async (count: number) =>
    waitUntil(async () => {
      const { rows } = await reading.query(
        `select 1 from pg_locks where relation in ('shops."Shop"'::regclass, 'shops."Shop_current"'::regclass) and not granted`,
      );
      return rows.length === count;
    });
  const reading = await process.rows.connect();
  try {
    // A longer reader of the table alone lets the change begin, and holds it up until another reader has come.
    await reading.query('begin');
    await reading.query('lock table shops."Shop" in access share mode');
    await process.publish(shop('shops', 'label: { title: 标签 }'));
    const followed = process.declared.follow();
    await waiting(1);
    const answer = process.ask(SHOPS)('{ shop(number: "1") { number } }');
    await waiting(2);
    await reading.query('commit');
    await followed;
    expect(await answer).toMatchObject({ errors: [], data: { shop: { number: '1' } } });
    expect(process.declared.held()).toEqual([]);
  } finally {
    reading.release();
  }
});
