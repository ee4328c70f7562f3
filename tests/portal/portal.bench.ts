/** How long the hub takes for what each page of the portal asks when it is opened, on a filled register, and how many requests that
 *  is. `npm run bench:portal -- [--applications 10000] [--items 100000] [--uses 100000] [--rounds 30] [--page tasks]` */
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { parse, print, separateOperations } from 'graphql';
import { fillEvidence } from '../governance/support/fill-evidence.js';
import { startSystem, type Loose } from '../support/system.js';
import { fillApplications, fillCatalogue } from './support/fill-register.js';

const { values } = parseArgs({
  options: {
    applications: { type: 'string', default: '10000' },
    items: { type: 'string', default: '100000' },
    uses: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '30' },
    page: { type: 'string' },
  },
});
/** Most that a page may ask, and take at its 95th percentile in milliseconds. */
const [MOST_REQUESTS, MOST_MILLISECONDS] = [3, 300];
const say = (line: string) => process.stdout.write(`${line}\n`);

type Variables = Readonly<Record<string, unknown>>;
type Asked = readonly [operation: string, variables?: Variables];
/** A page, who opens it, and what it asks. */
interface PageCase {
  readonly page: string;
  readonly who: keyof typeof PERSONS;
  readonly asks: readonly Asked[];
}
const PERSONS = {
  clerk: ['tax-app', 'zhang.tao'],
  provider: ['public-security-app', 'zhao.lei'],
  authority: ['data-bureau-console', 'wang.min'],
  auditor: ['audit-app', 'he.shen'],
  desk: ['citizen-desk', 'bai.ling'],
} as const;

/** The portal's operations by name, each with the fragments that it names. */
async function readOperations(): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir('portal', { recursive: true })).filter((file) => file.endsWith('.graphql'));
  const refused = await readFile('portal/parts/refused.graphql', 'utf8');
  const operations = new Map<string, string>();
  for (const file of files.filter((each) => !each.endsWith('refused.graphql'))) {
    const document = parse((await readFile(`portal/${file}`, 'utf8')) + refused);
    for (const [name, operation] of Object.entries(separateOperations(document)))
      operations.set(name, print(operation));
  }
  return operations;
}

const hub = await startSystem({}, 120);
const operations = await readOperations();
const ask = async (who: keyof typeof PERSONS, [operation, variables]: Asked): Promise<Loose> => {
  const [system, person] = PERSONS[who];
  const query = operations.get(operation);
  if (query === undefined) throw new Error(`The portal has no operation ${operation}.`);
  const { data, errors } = await hub.ask(system, query, { person, ...(variables && { variables }) });
  if (errors) throw new Error(`${operation}: ${errors.map(({ message }) => message).join('; ')}`);
  return data;
};

/** Applications by way of the hub, which are copied: one that waits for its provider, one that waits for the authority, one that is
 *  granted, one that is refused, and a draft. */
async function applyInEveryState(): Promise<void> {
  const { rows } = await hub.governance.query<{ duty: string; scenario: string }>(
    `select (select id from duty where department = 'tax' order by id limit 1) as duty,
            (select code from scenario where department = 'tax' order by code limit 1) as scenario`,
  );
  const input = {
    ...rows[0],
    mode: 'QUERY',
    coordinates: ['Resident.phone'],
    need: '联系电话',
    reason: '核验纳税信用',
    use: '纳税信用核验',
    uses: ['ADMINISTRATIVE_BASIS'],
    scopeOfUse: '纳税服务处',
    securityMeasures: '专人专机',
    contactName: '张涛',
    contactPhone: '0571-80000000',
  };
  const start = async (submit: boolean) => {
    const { startApplication: started } = await ask('clerk', ['StartApplication', { input, submit }]);
    const { rows } = await hub.governance.query<{ id: string }>(
      'select id from application_track where application = $1',
      [started.application?.id],
    );
    if (!started.application) throw new Error(JSON.stringify(started));
    return rows[0]?.id ?? '';
  };
  const agreement = { verdict: 'AGREE', dutyNeed: true, terms: { mode: 'QUERY', coordinates: ['Resident.phone'] } };
  const decide = async (who: keyof typeof PERSONS, review: string, version: number, decision: object) => {
    const { decideApplication: decided } = await ask(who, ['DecideApplication', { review, version, decision }]);
    if (decided.refusal) throw new Error(JSON.stringify(decided));
  };
  await start(false);
  await start(true);
  await decide('provider', await start(true), 1, agreement);
  const granted = await start(true);
  await decide('provider', granted, 1, agreement);
  await decide('authority', granted, 2, agreement);
  const refused = await start(true);
  await decide('provider', refused, 1, {
    verdict: 'REFUSE',
    reason: '须另行采集',
    bases: [{ kind: 'LAW', provision: '个人信息保护法 第二十八条' }],
  });
}

async function fill(): Promise<void> {
  const begun = Date.now();
  await applyInEveryState();
  await fillApplications(hub.governance, Number(values.applications));
  await fillCatalogue(hub.governance, Number(values.items));
  const pool = new pg.Pool({ connectionString: hub.config.GOVERNANCE_DATABASE_URL, max: 1 });
  await fillEvidence(pool, { records: Number(values.uses), subjects: 10_000 });
  await pool.end();
  say(`filled in ${Math.round((Date.now() - begun) / 1000)} s`);
}

/** What each page asks when it is opened; `use-records` has the number of rows. */
async function listPages(): Promise<readonly PageCase[]> {
  const first = 20;
  const one = async (sql: string) =>
    Object.values((await hub.governance.query<Loose>(sql)).rows[0] as object)[0] as string;
  const application = await one(
    `select id from share_application where id like 'A-9%' and state = 'SUBMITTED' limit 1`,
  );
  const review = await one(`select id from application_track where application = '${application}'`);
  const grant = await one(`select id from share_grant where department = 'tax' order by id limit 1`);
  const coordinates = ['Resident.name', 'Resident.phone', 'Resident.registeredAddress'];
  const search = (text: string, more: Variables = {}): Asked => ['SearchCatalogue', { text, first, ...more }];
  const pages: readonly (readonly [page: string, who: keyof typeof PERSONS, ...asks: Asked[]])[] = [
    ['find, a word', 'clerk', search('联系电话'), ['CatalogueLibraries']],
    ['find, a common word', 'clerk', search('信息'), ['CatalogueLibraries']],
    ['find, mistyped', 'clerk', search('联系电活'), ['CatalogueLibraries']],
    ['find, by department', 'clerk', search('姓名', { provider: 'public-security' }), ['CatalogueLibraries']],
    ['entry', 'clerk', ['CatalogueEntry', { code: '101001/000001' }]],
    ['applications/new', 'clerk', ['ApplyChoices', { department: 'tax', coordinates }]],
    ['applications', 'clerk', ['Applications', { first }], ['ItemNames', { coordinates }]],
    ['applications', 'authority', ['Applications', { first }], ['ItemNames', { coordinates }]],
    ['applications, closed', 'authority', ['Applications', { first, state: 'CLOSED' }], ['ItemNames', { coordinates }]],
    ['application', 'clerk', ['Application', { id: application }], ['ItemNames', { coordinates }]],
    ['tasks', 'provider', ['MyTasks', { first, overdue: false }], ['ItemNames', { coordinates }]],
    ['tasks', 'authority', ['MyTasks', { first, overdue: false }], ['ItemNames', { coordinates }]],
    ['tasks, overdue', 'provider', ['MyTasks', { first, overdue: true }], ['ItemNames', { coordinates }]],
    ['inbox', 'provider', ['Inbox', { first, unreadOnly: false }]],
    ['inbox, unread', 'clerk', ['Inbox', { first, unreadOnly: true }]],
    ['messages', 'clerk', ['Messages']],
    ['review', 'provider', ['ProviderReview', { id: review }], ['ItemNames', { coordinates }]],
    ['grants', 'clerk', ['Grants', { first }]],
    ['grant', 'clerk', ['Grant', { id: grant }], ['ItemNames', { coordinates }]],
    ['corrections', 'provider', ['Corrections', { waiting: false, overdue: false, first }]],
    ['receipts', 'provider', ['Receipts', { unconfirmed: false, first }]],
    ['checks', 'authority', ['Checks', { first }], ['ComparableItems']],
    ['locks', 'authority', ['Locks', { first }]],
    ['entries', 'provider', ['OwnEntries', { provider: 'public-security', first }]],
    ['revision', 'provider', ['Revision', { id: '101001/000001@1', code: '101001/000001' }]],
    ['versions', 'provider', ['Versions', { first }]],
    ['sources', 'provider', ['Sources', { past: false, first }]],
    ['loads', 'provider', ['Loads', { first }]],
    ['loads/new', 'provider', ['OwnTables', { provider: 'public-security' }]],
    ['consents', 'provider', ['Consents', { first }]],
    ['board', 'authority', ['Board']],
    ['departments', 'authority', ['RegisteredDepartments', { first }]],
    ['officers', 'authority', ['Officers', { first }]],
    ['appointments', 'authority', ['Appointments', { first, ended: false }]],
    ['systems', 'authority', ['Systems', { first }]],
    ['scenarios', 'authority', ['Scenarios', { first }]],
    ['permits', 'authority', ['Permits', { first }]],
    ['reforms', 'authority', ['Reforms', { first }]],
    ['uses', 'auditor', ['Uses', { filter: {}, first }], ['Figures', { filter: {} }]],
    ['uses', 'provider', ['Uses', { filter: {}, first }], ['Figures', { filter: {} }]],
    ['acts', 'auditor', ['Acts', { filter: {}, first }]],
    ['inquiry', 'desk', ['SubjectUses', { identifier: '330102196702128466', first }]],
    ['health', 'authority', ['Operation']],
    ['try, saved queries', 'clerk', ['SavedQueries', { first }]],
  ];
  return pages.map(([page, who, ...asks]) => ({ page, who, asks }));
}

/** Rows of the lists of an answer. */
const countRows = (data: Loose): number =>
  Object.values(data as Record<string, Loose>).reduce((sum: number, each) => sum + (each?.nodes?.length ?? 0), 0);

try {
  await fill();
  const pages = (await listPages()).filter(({ page }) => values.page === undefined || page.startsWith(values.page));
  const rounds = Number(values.rounds);
  say(
    `${values.applications} applications, ${values.items} items, ${values.uses} uses, ${rounds} rounds, milliseconds`,
  );
  say(
    `${'page'.padEnd(24)} ${'by'.padEnd(10)} requests rows ${'p50'.padStart(8)} ${'p95'.padStart(8)} ${'most'.padStart(8)}`,
  );
  const slow: string[] = [];
  for (const { page, who, asks } of pages) {
    const times: number[] = [];
    // The first round is that of a hub that has never planned the operation.
    const rows = countRows(await ask(who, asks[0]!));
    await Promise.all(asks.slice(1).map((each) => ask(who, each)));
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      await Promise.all(asks.map((each) => ask(who, each)));
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(rounds - 1, Math.floor(rounds * share))]!;
    const [p50, p95, most] = [at(0.5), at(0.95), at(1)].map((each) => each.toFixed(1).padStart(8));
    say(
      `${page.padEnd(24)} ${who.padEnd(10)} ${String(asks.length).padStart(8)} ${String(rows).padStart(4)} ${p50} ${p95} ${most}`,
    );
    if (asks.length > MOST_REQUESTS || at(0.95) > MOST_MILLISECONDS) slow.push(`${page} (${who})`);
  }
  say(slow.length === 0 ? 'every page is within its limits' : `over the limits: ${slow.join(', ')}`);
  process.exitCode = slow.length === 0 ? 0 : 1;
} finally {
  await hub.stop();
}
