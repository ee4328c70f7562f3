/** Whether the time of an answer tells why a claim was not confirmed: samples of two reasons in turn, compared by the
 *  Mann-Whitney test; and how long 10,000 rows take in one request, through the hub. Exit code 1 where p is below 0.01, or where
 *  the rows take 2 seconds or more.
 *
 *      npm run bench:verification -- 500 */
import { samplePerson, samplePhone } from '../../shared/sample/person.js';
import { protectEverywhere } from '../governance/support/absence.js';
import { compareSamples, median, timeInTurn } from '../support/mann-whitney.js';
import { startSystem, type Loose } from '../support/system.js';
import pg from 'pg';
import { grantVerification, HOUSING, TAX } from './support/verify-grants.js';

const samples = Number(process.argv[2] ?? 500);
const ROWS = 10_000;
const RESIDENTS = 14_000;
const ALLOWANCE = { scenario: 'living-allowance-review' };
const numberOf = (n: number): string => samplePerson(n).idNumber;
const [differs, empty, witness, absent] = [numberOf(1), numberOf(3), numberOf(5), numberOf(RESIDENTS + 100)];
const denied = Array.from({ length: 100 }, (_, n) => samplePerson(n)).find(
  ({ township }) => township.code !== '330106002',
)!;

const hub = await startSystem({}, RESIDENTS);
try {
  await grantVerification(hub);
  await protectEverywhere(hub, witness);
  const url = new URL(hub.config.GOVERNANCE_DATABASE_URL!);
  url.pathname = url.pathname.replace('_governance', '_population');
  const population = new pg.Client({ connectionString: url.href });
  await population.connect();
  await population.query('update resident set phone = null where id_number = $1', [empty]);
  await population.end();

  const ask = async (system: string, { scenario }: { scenario: string }, id: string) => {
    const query = `query ($id: String!) { verifyResident(idNumber: $id, claims: { phone: "13000000000" }) { outcome } }`;
    const { data } = await hub.ask(system, query, { scenario, variables: { id } });
    if (data?.['verifyResident']?.outcome !== 'NOT_CONFIRMED')
      throw new Error(`not as it should be: ${JSON.stringify(data)}`);
  };
  for (const [what, id, system, purpose] of [
    ['differs', differs, 'housing-app', HOUSING],
    ['empty', empty, 'housing-app', HOUSING],
    ['protected', witness, 'housing-app', HOUSING],
    ['outside the grant', denied.idNumber, 'civil-affairs-app', ALLOWANCE],
  ] as const) {
    const times = await timeInTurn(
      samples,
      () => ask(system, purpose, id),
      () => ask(system, purpose, absent),
    );
    const p = compareSamples(times.one, times.other);
    process.stdout.write(
      `${what}: ${median(times.one).toFixed(3)} ms, absent: ${median(times.other).toFixed(3)} ms, p = ${p.toFixed(3)}\n`,
    );
    if (p < 0.01) process.exitCode = 1;
  }

  const query = 'query ($rows: [ResidentClaimRow!]!) { verifyResidentBatch(rows: $rows) { outcome } }';
  // Children have no phone.
  const all = Array.from({ length: RESIDENTS - 10 }, (_, n) => n + 10);
  const adults = all.filter((n) => samplePerson(n).role !== 'CHILD').slice(0, ROWS);
  for (const wrong of [0, 1_000]) {
    const rows = adults.map((n, i) => ({
      idNumber: numberOf(n),
      claims: { phone: i < wrong ? '13000000001' : samplePhone(n) },
    }));
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const begun = performance.now();
      const { data, errors }: Loose = await hub.ask('tax-app', query, { ...TAX, variables: { rows } });
      times.push(performance.now() - begun);
      const matches = data?.verifyResidentBatch?.filter(({ outcome }: Loose) => outcome === 'MATCH').length;
      if (matches !== ROWS - wrong) throw new Error(`${matches} matches; ${JSON.stringify(errors)?.slice(0, 500)}`);
    }
    process.stdout.write(`${ROWS} rows, ${wrong} not confirmed: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms\n`);
    if (median(times) >= 2_000) process.exitCode = 1;
  }
} finally {
  await hub.stop();
}
