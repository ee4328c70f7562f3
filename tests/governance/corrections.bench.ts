import { parseArgs } from 'node:util';
import { createSecretKey } from 'node:crypto';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { SubjectHasher } from '../../shared/evidence/keys/subject-keys.js';
import { findReceivers } from '../../subgraphs/governance/evidence/index.js';
import { fillEvidence, filledHashes } from './support/fill-evidence.js';
import { startGovernance } from './support/governance-under-test.js';
import { storeEvidence } from './support/store-evidence.js';
import { useOf } from './support/corrections-under-test.js';

/** How long it takes to find every department that was given an item of one subject, among many records of use.
 *  `npm run bench:corrections -- --records 10000000 [--rounds 40]`; with DATABASE_URL on that server. */
const { values } = parseArgs({
  options: { records: { type: 'string', default: '200000' }, rounds: { type: 'string', default: '40' } },
});
const records = Number(values.records);
const rounds = Number(values.rounds);
const subjects = Math.max(1_000, Math.min(1_000_000, records / 10));
const say = (line: string) => process.stdout.write(`${line}\n`);
const any = (below: number) => Math.floor(Math.random() * below);

const filled = filledHashes({ subjects });
/** Keys that are kept beside the one in use: none of the records is under them, and each is tried. */
const others = ['a', 'b', 'c'].map((id) => new SubjectHasher(id, createSecretKey(Buffer.from(id.padEnd(32)))));
const hashesOf = (subject: string) => [
  // The subjects of the filling are numbers.
  ...(/\d/.test(subject) ? filled(subject) : []),
  ...others.map((hasher) => ({ key: hasher.id, hash: hasher.hash(subject) })),
];
const governance = await startGovernance(hashesOf);
try {
  const begun = Date.now();
  await fillEvidence(governance.pool, { records, subjects, log: say });
  say(`filled in ${Math.round((Date.now() - begun) / 1000)} s`);
  const items = Array.from({ length: 49 }, (_, at) => `T1.i${at + 1}`);
  const someone = () => `PERSON:${identityNumber('330106', '19900307', 1 + any(999))}`;
  // One person of whom three departments have used an item, and one who is in a thousand answers.
  const three = 'PERSON:three';
  const often = 'PERSON:often';
  const use = (department: string, subject: string) =>
    useOf(`bench-${any(1e9)}`, department, 'x', {
      graphVersion: 'filled',
      released: ['T1.i1'],
      subjects: [others[0]!.hash(subject)],
      subjectKey: 'a',
      rows: { T1: 1 },
    });
  await storeEvidence(governance.pool, [
    ...['housing', 'tax', 'civil-affairs'].map((department) => use(department, three)),
    ...Array.from({ length: 1_000 }, (_, at) => use(`D${at % 150}`, often)),
  ]);
  const find = (subject: string, since?: Date) =>
    findReceivers(governance.pool, { hashes: hashesOf(subject), items, ...(since && { since }) });
  const told = (await find(three)).map(({ department }) => department);
  if (told.join() !== 'civil-affairs,housing,tax') throw new Error(`found ${told.join()}`);
  const cases: Record<string, () => Promise<unknown[]>> = {
    'three departments': () => find(three),
    'one of many subjects': () => find(someone()),
    'the same since a year ago': () => find(someone(), new Date(Date.now() - 365 * 86_400_000)),
    'in a thousand answers': () => find(often),
  };
  say(`${records} records, ${rounds} rounds, milliseconds`);
  say(`${'found'.padEnd(28)} ${'p50'.padStart(8)} ${'p95'.padStart(8)} ${'most'.padStart(8)} departments`);
  for (const [name, run] of Object.entries(cases)) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      found += (await run()).length;
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(rounds - 1, Math.floor(rounds * share))]!.toFixed(1).padStart(8);
    say(`${name.padEnd(28)} ${at(0.5)} ${at(0.95)} ${at(1)} ${(found / rounds).toFixed(1).padStart(8)}`);
  }
} finally {
  await governance.stop();
}
