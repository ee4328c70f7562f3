import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declaredAddress } from '../../shared/read-model/declared-address.js';
import { shows, showsPartOf } from '../conformance/shows.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance(undefined, {
    registry: { origins: new Set(), readListed: async () => ['population'], ownSubgraphs: new Set() },
  });
  const item = 'number: { title: 编号, required: true }';
  const types = Object.entries({
    Certificate: '{ hosted: {} }',
    Holding: '{ database: front, table: holding }',
    Parcel: `{ service: gate, success: status, calls: [{ by: [number], path: '/parcels/{number}' }] }`,
  }).map(
    ([name, from], at) =>
      `  ${name}: { title: ${name}, resource: { code: 301001/00000${at + 1}, updateCycle: DAILY }, share: { type: UNCONDITIONAL }, from: ${from}, keys: [[number]], items: { ${item} } }`,
  );
  const declaration = `version: 1\nsubgraph: licence\ndepartment: market-supervision\ntypes:\n${types.join('\n')}\n`;
  await publish(1, 'licence', 'type Query { a: Int }', declaration);
  await publish(2, 'geography', 'type Query { divisions: [Division] } type Division { code: ID }');
  const resources = ['Certificate', 'Holding', 'Parcel', 'Unknown'].map((type) => ['licence', type]);
  for (const [at, [subgraph, type]] of [...resources, ['geography', 'Division'], ['geography', 'Road']].entries())
    await governance.rows(
      `insert into catalogue_resource (id, code, revision, name, provider, library, subgraph, type_name, state, kind, updated_at)
       values ($1, $2, 1, $3, 'market-supervision', 'LICENCE', $4, $3, 'PUBLISHED', 'DATA', now())`,
      [`909001/00000${at}@1`, `909001/00000${at}`, type, subgraph],
    );
}, 60_000);
afterAll(() => governance.stop(), 60_000);

async function publish(
  number: number,
  subgraph: string,
  sdl: string,
  declaration: string | null = null,
): Promise<void> {
  const url = declaration === null ? 'https://a.example' : declaredAddress(subgraph, declaration);
  const id = `V-90000${number}`;
  await governance.rows(
    `insert into subgraph_version (id, subgraph, number, kind, department, url, sdl, declaration, note, state, submitted_at, submitted_by)
     values ($1, $2, $3, 'SUBMISSION', 'market-supervision', $4, $5, $6, '发布', 'PENDING', now(), 'ma.li')`,
    [id, subgraph, number, url, sdl, declaration],
  );
  await governance.rows(
    `update subgraph_version set state = 'PUBLISHED', published_at = now(), published_by = 'market-supervision.head' where id = $1`,
    [id],
  );
}

const AUTHORITY = { department: 'data-bureau', person: 'wang.min', roles: ['authority'] } as const;
const PROVIDER = { department: 'market-supervision', person: 'ma.li', roles: ['provider'] } as const;
async function ask(who: typeof AUTHORITY | typeof PROVIDER, filter = ''): Promise<Loose> {
  const { data, errors } = await governance.as({ system: 'a-system', ...who })(
    `{ resourceSupply(first: 100${filter}) { nodes { code name provider library subgraph supply } pageInfo { endCursor } } }`,
  );
  expect(errors).toEqual([]);
  return data.resourceSupply;
}
const supplies = async (filter = '') =>
  (await ask(PROVIDER, filter)).nodes.flatMap(({ code, name, supply }: Loose) =>
    code.startsWith('909001') ? [[name, supply]] : [],
  );

describe('where resources come from', () => {
  it('is shown to each department of its own, and to the authority of all', async () => {
    const own = await ask(PROVIDER);
    expect(new Set(own.nodes.map(({ provider }: Loose) => provider))).toEqual(new Set(['market-supervision']));
    expect((await ask(PROVIDER, ', provider: "public-security"')).nodes).toEqual([]);
    const all = await ask(AUTHORITY, ', provider: "public-security"');
    expect(all.nodes.length).toBeGreaterThan(0);
    expect(all.nodes.every(({ supply }: Loose) => supply === 'SUBGRAPH')).toBe(true);
  });

  it('is the hub, a database, an interface, a subgraph of their own, or nowhere', async () => {
    shows('JL-19a', 'JL-19b', 'CZ-9.1b', 'CZ-4h', 'YN-15a', 'QZ-2.3c');
    showsPartOf('QZ-4.1b');
    expect(await supplies()).toEqual([
      ['Certificate', 'HOSTED'],
      ['Holding', 'DATABASE'],
      ['Parcel', 'SERVICE'],
      ['Unknown', 'NONE'],
      ['Division', 'SUBGRAPH'],
      ['Road', 'NONE'],
    ]);
    expect(await supplies(', supply: [NONE], library: "LICENCE"')).toEqual([
      ['Unknown', 'NONE'],
      ['Road', 'NONE'],
    ]);
    expect(await supplies(', library: "POPULATION"')).toEqual([]);
  });

  it('is a gap as soon as its subgraph has ended', async () => {
    await governance.rows(`update subgraph_version set state = 'SUPERSEDED' where id = 'V-900002'`);
    expect(await supplies(', supply: [SUBGRAPH]')).toEqual([]);
  });
});
