import { parseArgs } from 'node:util';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { fillEvidence, filledHashes } from './support/fill-evidence.js';
import { startGovernance } from './support/governance-under-test.js';

/** How long the first page of each filter takes on a filled database, and of figures and a citizen's inquiry.
 *  `npm run bench:evidence-reading -- --records 10000000 [--rounds 40]`; with DATABASE_URL on that server. */
const { values } = parseArgs({
  options: { records: { type: 'string', default: '200000' }, rounds: { type: 'string', default: '40' } },
});
const records = Number(values.records);
const rounds = Number(values.rounds);
const subjects = Math.max(1_000, Math.min(1_000_000, records / 10));
const say = (line: string) => process.stdout.write(`${line}\n`);

const governance = await startGovernance(filledHashes({ subjects }));
try {
  const begun = Date.now();
  const { departments, providers } = await fillEvidence(governance.pool, { records, subjects, log: say });
  say(`filled in ${Math.round((Date.now() - begun) / 1000)} s`);
  const auditor = governance.as({ department: 'audit', roles: ['auditor'] });
  const desk = governance.as({ department: 'citizen-hotline', roles: ['citizen-service'] });
  const any = (below: number) => Math.floor(Math.random() * below);
  const department = () => `D${any(departments)}`;
  const item = () => `T${1 + any(providers)}.i${1 + any(49)}`;
  const day = () => new Date(Date.now() - any(1_000) * 86_400_000).toISOString();
  const person = () => identityNumber('330106', '19900307', 1 + any(999));
  const consumer = () => governance.as({ department: department(), roles: ['consumer'] });
  const provider = () => governance.as({ department: `P${1 + any(providers)}`, roles: ['provider', 'consumer'] });

  const PAGE = `query ($filter: UseFilter) { uses(filter: $filter, first: 50) { pageInfo { hasNextPage endCursor } nodes {
    position time department system person scenario purpose approvals { grant approver basis } released { coordinate resource }
    denied { coordinate code } internal { coordinate } rows { type count } subjectCount mode outcome requestId } } }`;
  type Ask = typeof auditor;
  const page =
    (filter: () => object, as: () => Ask = () => auditor) =>
    async () =>
      as()(PAGE, { variables: { filter: filter() } });
  const cases: Record<string, () => Promise<Awaited<ReturnType<Ask>>>> = {
    'no filter': page(() => ({})),
    'from, until': page(() => ({ from: day(), until: new Date().toISOString() })),
    until: page(() => ({ until: day() })),
    department: page(() => ({ department: department() })),
    provider: page(() => ({ provider: `P${1 + any(providers)}` })),
    resource: page(() => ({ resource: `R${1 + any(providers)}-${any(5)}` })),
    item: page(() => ({ item: item() })),
    'rare item': page(() => ({ item: 'T1.i50' })),
    'unknown item': page(() => ({ item: 'T1.nothing' })),
    scenario: page(() => ({ scenario: `s-${any(departments)}-${any(3)}` })),
    person: page(() => ({ person: `p-${any(departments)}-${any(20)}` })),
    system: page(() => ({ system: `sys-${any(departments)}-${any(3)}` })),
    'unknown system': page(() => ({ system: 'nothing' })),
    subject: page(() => ({ subject: person() })),
    'rare mode': page(() => ({ mode: 'BULK' })),
    'rare outcome': page(() => ({ outcome: 'FAILED' })),
    outcome: page(() => ({ outcome: 'REFUSED' })),
    request: page(() => ({ requestId: `r${any(records)}` })),
    'department, item': page(() => ({ department: department(), item: item() })),
    'department, rare outcome': page(() => ({ department: department(), outcome: 'FAILED' })),
    'department, rare mode, until': page(() => ({ department: department(), mode: 'BULK', until: day() })),
    'person, item': page(() => ({ person: `p-${any(departments)}-${any(20)}`, item: item() })),
    'by a consumer': page(() => ({}), consumer),
    'by a consumer, item': page(() => ({ item: item() }), consumer),
    'by a provider': page(() => ({}), provider),
    'by a provider, department': page(() => ({ department: department() }), provider),
    'by a provider, subject': page(() => ({ subject: person() }), provider),
    'by a provider, rare outcome': page(() => ({ outcome: 'FAILED' }), provider),
    'citizen’s inquiry': () =>
      desk(
        `{ subjectUses(identifier: "${person()}", first: 50) { total withheld nodes { time department purpose } } }`,
      ),
    timeline: () =>
      auditor(
        `{ timeline(resource: "R${1 + any(providers)}-${any(5)}", first: 50) { nodes { time kind use { requestId } } } }`,
      ),
    'uses per day, whole': () => auditor('{ usesPerDay { day requests } }'),
    'uses per day, department': () =>
      auditor(`{ usesPerDay(filter: { department: "${department()}" }) { day requests } }`),
    'top users': () => auditor(`{ topUsers(filter: { item: "${item()}" }) { department requests } }`),
    'unused items, a year': () =>
      auditor(
        `{ unusedItems(since: "${new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10)}") { coordinate } }`,
      ),
  };
  say(`${records} records, ${rounds} rounds, milliseconds`);
  say(`${'first page of'.padEnd(32)} ${'p50'.padStart(8)} ${'p95'.padStart(8)} ${'most'.padStart(8)}`);
  for (const [name, ask] of Object.entries(cases)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      const { errors, text } = await ask();
      if (errors.length > 0) throw new Error(`${name}: ${text.slice(0, 500)}`);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) =>
      times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1).padStart(8);
    say(`${name.padEnd(32)} ${at(0.5)} ${at(0.95)} ${at(1)}`);
  }
} finally {
  await governance.stop();
}
