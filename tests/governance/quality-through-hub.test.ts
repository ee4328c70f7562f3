import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import pino from 'pino';
import { listedSchemas } from '../../cli/launch/listed-schemas.js';
import { openQuality } from '../../gateway/quality/index.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar } from '../../shared/law/index.js';
import type { QualityDoor } from '../../shared/read-model/quality-check.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { carryOutQuality } from '../../subgraphs/governance/quality/index.js';
import { listQualityItems } from '../../worker/list-quality-items.js';
import { startSystem, type Loose, type System } from '../support/system.js';
import { openTestPool } from '../support/test-database.js';
import { waitUntil } from './support/wait-until.js';

const SILENT = pino({ level: 'silent' });
let hub: System;
let pool: pg.Pool;
let door: QualityDoor & { close(): Promise<void> };
let sampleKey: ReturnType<typeof envelopeKeys>['public'];
beforeAll(async () => {
  hub = await startSystem({ EVIDENCE_STORE: 'postgres', CATALOGUE_REVIEW: 'sdl' }, 120);
  const { database, host, port, user, password } = hub.governance;
  pool = openTestPool({ database, host, port, user, password, max: 6 });
  const config = { ...hub.config, SUPERGRAPH_CONFIG: join(hub.folder, 'supergraph.yaml') };
  sampleKey = envelopeKeys(await openHubSecret(hub.folder, undefined), 'quality-samples').public;
  const listing = listQualityItems(pool, SILENT, await listedSchemas(config, new Map()));
  await waitUntil(async () => (await pool.query('select from quality_item')).rowCount! > 0);
  await listing.stop();
  door = await openQuality(config, hub.config.GOVERNANCE_DATABASE_URL!, new Map(), SILENT);
}, 120_000);
afterAll(async () => {
  await door?.close();
  await pool?.end();
  await hub?.stop();
}, 60_000);

const PEOPLE: Readonly<Record<string, string>> = {
  'zhao.lei': 'public-security-app',
  'public-security.head': 'public-security-app',
  'zhang.tao': 'tax-app',
  'li.na': 'housing-app',
};
const ask = async (person: string, text: string): Promise<Loose> => {
  const { data, errors } = await hub.ask(PEOPLE[person], text, { person });
  expect(errors).toBeUndefined();
  return Object.values(data!)[0];
};
const judge = () =>
  carryOutQuality({
    ...{ pool, store: new RecordStore('Asia/Shanghai'), door, sampleKey, now: () => Date.now() },
    ...{ calendar: readCalendar(), timeZone: 'Asia/Shanghai' },
  });
const RUN = `{ qualityRuns(place: "population.Resident", first: 1) { nodes { state rows results { rule state reason checked failed samples } } } }`;

describe('records of a department’s own subgraph', () => {
  it('are judged where they are, by rules that follow from its schema', async () => {
    const { rules } = await ask(
      'zhao.lei',
      `mutation { draftQualityRules(place: "population.Resident") { rules { id kind item relation } refusal { message } } }`,
    );
    const wordOf = ({ kind, item, relation }: Loose) => [kind, item, relation].filter(Boolean).join(' ');
    expect(rules.map(wordOf)).toEqual(
      expect.arrayContaining([
        ...['FORMAT idNumber', 'UNIQUE idNumber', 'VALUES sex', 'FORMAT phone'],
        ...['CONSISTENT birthDate BIRTH_DATE', 'CONSISTENT sex SEX'],
      ]),
    );
    const ids = JSON.stringify(rules.map(({ id }: Loose) => id));
    await ask('public-security.head', `mutation { confirmQualityRules(ids: ${ids}) { refusal { message } } }`);
    const broken = await breakRecords();
    await ask('zhao.lei', `mutation { runQuality(place: "population.Resident") { refusal { message } } }`);
    hub.forget();
    expect(await judge()).toBe(1);
    expect(hub.received.filter(({ subgraph }) => subgraph === 'population').map(({ fields }) => fields)).toEqual([
      ['Query._quality'],
    ]);
    const { nodes } = await ask('zhao.lei', RUN);
    const found = Object.fromEntries(
      nodes[0].results.map((result: Loose) => [wordOf(rules.find(({ id }: Loose) => id === result.rule)), result]),
    );
    expect(nodes[0]).toMatchObject({ state: 'COMPLETED', rows: 120 });
    expect(found['FORMAT idNumber']).toMatchObject({ checked: 120, failed: 0 });
    expect(found['CONSISTENT sex SEX']).toMatchObject({ checked: 120, failed: 1, samples: [broken] });
    expect(found['FORMAT phone']).toMatchObject({ failed: 1, samples: [broken] });
    // Neither the database nor the evidence has learned which record it is.
    const kept = await pool.query(`select samples from quality_result where samples like '%' || $1 || '%'`, [broken]);
    const acts = await pool.query(`select line from evidence.record where line like '%' || $1 || '%'`, [broken]);
    expect([kept.rowCount, acts.rowCount]).toEqual([0, 0]);
  });

  it('have a score that every department sees, and details that others do not', async () => {
    const scores = `{ resourceQualities(resource: "101001/000001", first: 1) { nodes { score rows countedRules } } }`;
    const [own] = (await ask('zhao.lei', scores)).nodes;
    const [other] = (await ask('li.na', scores)).nodes;
    expect(own.score).toBeGreaterThan(0.99);
    expect(other).toMatchObject({ score: 0.99, rows: null });
    expect(await ask('li.na', RUN)).toEqual({ nodes: [] });
  });

  it('cannot be judged by anybody who asks the hub for it', async () => {
    const { errors } = await hub.ask('public-security-app', `{ _quality(request: "{}") }`, { person: 'zhao.lei' });
    expect(errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('of a subgraph that hangs are given up, and said to be', async () => {
    await ask('zhao.lei', `mutation { runQuality(place: "population.Resident") { refusal { message } } }`);
    await hub.subgraphs.get('population')!.stop();
    expect(await judge()).toBe(1);
    const { nodes } = await ask('zhao.lei', RUN);
    expect(nodes[0]).toMatchObject({ state: 'CANNOT_RUN', rows: 0 });
    expect(nodes[0].results[0]).toMatchObject({ state: 'CANNOT_RUN', reason: 'SOURCE_UNAVAILABLE', checked: null });
  });
});

/** @returns the key of the record that is wrong now */
async function breakRecords(): Promise<string> {
  const [one] = await hub.rows('population', 'select id_number from resident order by 1 limit 1');
  await hub.rows(
    'population',
    `update resident set phone = '1380013', sex = case sex when 'MALE' then 'FEMALE' else 'MALE' end where id_number = '${one!['id_number']}'`,
  );
  return one!['id_number'] as string;
}
