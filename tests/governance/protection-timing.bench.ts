/** Whether the time of an answer tells a protected subject from somebody of whom there is no record: samples of both in turn,
 *  compared by the Mann-Whitney test. Exit code 1 where they differ with p below 0.01.
 *
 *      npm run bench:protection -- 500 */
import { samplePerson } from '../../shared/sample/person.js';
import { compareSamples, median, timeInTurn } from '../support/mann-whitney.js';
import { startSystem } from '../support/system.js';
import { protectEverywhere } from './support/absence.js';

const samples = Number(process.argv[2] ?? 500);
const [witness, nobody] = [samplePerson(0).idNumber, samplePerson(900).idNumber];
const QUESTIONS: Readonly<Record<string, (id: string) => string>> = {
  'by key': (id) => `{ resident(idNumber: "${id}") { name phone household { size } } }`,
  'in a batch': (id) => `{ residentBatch(idNumber: ["${samplePerson(1).idNumber}", "${id}"]) { name } }`,
  'by another department’s relation': (id) => `{ pensionInsurance(idNumber: "${id}") { status insured { name } } }`,
};

const hub = await startSystem();
try {
  await protectEverywhere(hub, witness);
  for (const [what, write] of Object.entries(QUESTIONS)) {
    const ask = (id: string) => hub.ask('housing-app', write(id), { scenario: 'public-rental-review' });
    const { one: withheld, other: absent } = await timeInTurn(
      samples,
      () => ask(witness),
      () => ask(nobody),
    );
    const p = compareSamples(withheld, absent);
    const told = `${what}: ${median(withheld).toFixed(3)} ms withheld, ${median(absent).toFixed(3)} ms absent, p = ${p.toFixed(3)}`;
    process.stdout.write(`${told}\n`);
    if (p < 0.01) process.exitCode = 1;
  }
} finally {
  await hub.stop();
}
