import { createSecretKey, hkdfSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { parse as parseSdl } from 'graphql';
import pino from 'pino';
import { parse, stringify } from 'yaml';
import { listedSchemas } from '../../../cli/launch/listed-schemas.js';
import { openComparison } from '../../../gateway/comparison/index.js';
import { SubjectKeys, subjectKeysFile } from '../../../shared/evidence/keys/subject-keys.js';
import { RecordStore } from '../../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../../shared/law/index.js';
import type { ComparePairs } from '../../../shared/read-model/compared-pairs.js';
import { samplePerson } from '../../../shared/sample/person.js';
import { findComparableItems } from '../../../shared/share/claims/comparable-items.js';
import { startSubgraph } from '../../../shared/subgraph/index.js';
import { openHubSecret } from '../../../shared/trust/hub-secret.js';
import { envelopeKeys } from '../../../shared/trust/secret-envelope.js';
import { subgraphKey } from '../../../shared/trust/signed-context.js';
import { carryOutChecks, syncComparableItems } from '../../../subgraphs/governance/correction/index.js';
import { startSystem, type Loose } from '../../support/system.js';
import { openTestPool, openTestServer, testDatabaseName } from '../../support/test-database.js';
import { taxOffice } from '../../verification/support/taxpayers.js';

export const RESIDENTS = 120;
const SILENT = pino({ level: 'silent' });
const PEOPLE: Readonly<Record<string, string>> = {
  'wang.min': 'data-bureau-console',
  'zhao.lei': 'public-security-app',
  'public-security.head': 'public-security-app',
  'zhang.tao': 'tax-app',
  'tax.head': 'tax-app',
  'li.na': 'housing-app',
};
const OWNERS = [
  ['zhao.lei', 'public-security.head'],
  ['zhang.tao', 'tax.head'],
] as const;
const FIGURES = 'state reason compared agreed mismatched absent held cases';

export type MultiSourceUnderTest = Awaited<ReturnType<typeof startMultiSource>>;

/** A hub with a real subgraph of the police and one of the tax office, which know the same people. */
export async function startMultiSource() {
  const settings = { EVIDENCE_STORE: 'postgres', SHAREHUB_PROFILE: 'hangzhou', GRANT_LEASE_MS: '20000' };
  const hub = await startSystem({ ...settings, CATALOGUE_REVIEW: 'sdl' }, RESIDENTS);
  const secret = await openHubSecret(hub.folder, undefined);
  const server = await openTestServer();
  const tax = testDatabaseName('tax');
  await server.createDatabase(tax);
  const key = subgraphKey(secret, 'tax-office');
  const taxpayers = await startSubgraph(taxOffice, { port: 0, key, databaseUrl: server.url(tax), residents: 0 });
  const taxPool = openTestPool({ connectionString: server.url(tax), max: 1 });
  const { database, host, port, user, password } = hub.governance;
  const governance = openTestPool({ database, host, port, user, password, max: 6 });
  await governance.query(`
    insert into subgraph_publisher (id, subgraph, department, given_at) values ('P-900001', 'tax-office', 'tax', now());
    update department set roles = '["provider", "consumer"]' where code = 'tax';
    update officer set roles = '["provider", "consumer"]' where department = 'tax'`);
  const list = join(hub.folder, 'supergraph.yaml');
  const { subgraphs } = parse(await readFile(list, 'utf8')) as { subgraphs: object };
  const added = { routing_url: taxpayers.url, schema: { subgraph_url: taxpayers.url } };
  await writeFile(list, stringify({ subgraphs: { ...subgraphs, 'tax-office': added } }));
  await hub.gateway.reload();
  const config = { ...hub.config, SUPERGRAPH_CONFIG: list };
  const { schemas, complete } = await (await listedSchemas(config, new Map()))();
  const items = schemas.flatMap(({ name, sdl }) => findComparableItems(name, parseSdl(sdl)));
  await syncComparableItems(governance, items, complete);
  const subjects = await SubjectKeys.open(subjectKeysFile(hub.folder));
  const comparison = await openComparison(config, hub.config.GOVERNANCE_DATABASE_URL!, new Map(), SILENT);
  const carryOut = (compare: ComparePairs = comparison.compare): Promise<number> =>
    carryOutChecks({
      ...{ pool: governance, compare, timeZone: 'Asia/Shanghai', now: () => Date.now() },
      ...{ store: new RecordStore('Asia/Shanghai'), profile: readProfile('hangzhou'), calendar: readCalendar() },
      subjectKey: createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'sharehub', 'multi-source-subjects', 32))),
      markKeys: envelopeKeys(secret, 'multi-source-marks'),
      keys: envelopeKeys(secret, 'correction-subjects'),
      hashesOf: (subject) => subjects.hashesOf(subject),
    });
  /** No check is there, and the tax office knows what the police know. */
  const reset = async (): Promise<void> => {
    await governance.query(`
      truncate multi_source_case, multi_source_run, multi_source_consent, multi_source_check;
      delete from subject_protection;
      delete from correction`);
    await taxPool.query(`update taxpayer set id_number = substr(id_number, 2) where id_number like 'x%'`);
    const residents = await hub.rows('population', `select id_number, name, birth_date::text as day from resident`);
    await taxPool.query(
      `update taxpayer set name = r.name, birth_date = r.day::date
         from unnest($1::text[], $2::text[], $3::text[]) as r (id_number, name, day) where taxpayer.id_number = r.id_number`,
      ['id_number', 'name', 'day'].map((column) => residents.map((row) => row[column] as string)),
    );
  };
  const stop = async (): Promise<void> => {
    await comparison.close();
    subjects.close();
    await governance.end();
    await taxPool.end();
    await taxpayers.stop();
    await hub.stop();
    await server.dropDatabase(tax);
    await server.stop();
  };
  const ask = async (person: string, text: string, variables: Record<string, unknown> = {}): Promise<Loose> => {
    const { data, errors } = await hub.ask(PEOPLE[person], text, { person, variables });
    expect(errors).toBeUndefined();
    return Object.values(data!)[0];
  };
  const make = async (person: string, mutation: string, result: string): Promise<Loose> => {
    const made = await ask(person, `mutation { ${mutation} { ${result} { id } refusal { code message } } }`);
    expect(made.refusal).toBeNull();
    return made[result].id;
  };
  async function consentTo(check: string): Promise<string[]> {
    const given: string[] = [];
    for (const [one, two] of OWNERS) {
      const id = await make(one, `proposeCheckConsent(check: "${check}", until: "2028-12-31")`, 'consent');
      await make(two, `confirmCheckConsent(id: "${id}")`, 'consent');
      given.push(id);
    }
    return given;
  }
  const define = (left: string, right: string) =>
    make(
      'wang.min',
      `defineMultiSourceCheck(input: { name: "校核", purpose: "核对两部门登记", basis: ["HZ-6.3a"], leftItem: "${left}",
         rightItem: "${right}", frequency: DAILY })`,
      'check',
    );
  const byBirth = () => define('Resident.birthDate', 'Taxpayer.birthDate');
  const byName = async (): Promise<string> => {
    const id = await define('Resident.name', 'Taxpayer.name');
    await consentTo(id);
    // Several batches of so few.
    await governance.query(
      'alter table multi_source_check drop constraint if exists multi_source_check_batch_size_check',
    );
    await governance.query('update multi_source_check set batch_size = 50');
    return id;
  };
  const due = () => governance.query(`update multi_source_check set next_at = now() - interval '1 minute'`);
  const runs = async (check: string, person = 'wang.min'): Promise<Loose[]> =>
    (await ask(person, `{ multiSourceRuns(check: "${check}", first: 20) { nodes { ${FIGURES} } } }`)).nodes;
  const lastRun = async (check: string) => (await runs(check))[0];
  const differ = (column: string, value: string, ...numbers: number[]) =>
    taxPool.query(`update taxpayer set ${column} = $1 where id_number = any($2::text[])`, [
      value,
      numbers.map((n) => samplePerson(n).idNumber),
    ]);
  const corrections = async (): Promise<Loose[]> =>
    (await governance.query('select * from correction order by id')).rows;

  return {
    ...{ hub, governance, taxPool, comparison, carryOut, reset, stop },
    ...{ ask, make, consentTo, byBirth, byName, due, runs, lastRun, differ, corrections },
  };
}
