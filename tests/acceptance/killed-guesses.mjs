// Two gateways, at most 100 claims about one record that may be left unconfirmed, and kill -9 of each in turn while both compare
// claims, right ones between the wrong. What must hold: no more claims are answered as not confirmed than are counted, none beyond
// the limit, and those that are counted and were not answered are no more than the requests that were under way at a kill.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, withTwoGateways } from './support/two-gateways.mjs';

const PORTS = { hub: 5030, second: 5050 };
const LIMIT = 100;
const CALLERS = 3;
/** Claims answered before each kill. */
const KILLS = [20, 40, 60, 80];
const PATIENCE = 300_000;
const SETTINGS = {
  // Of fewer, a few guesses would tell a phone, and it would not be compared alone.
  RESIDENTS: '300',
  VERIFY_MISSES_PER_DAY: String(LIMIT),
  VERIFY_MISSES_PER_MONTH: '1000',
  VERIFY_SUSPEND_CHECKS: '1000000',
};
const QUERY =
  'query ($id: String!, $phone: String) { verifyResident(idNumber: $id, claims: { phone: $phone }) { outcome } }';

await withTwoGateways(PORTS, SETTINGS, async (hub) => {
  const token = await hub.token('housing-app');
  const population = await hub.connect('population');
  const { rows: people } = await population.query(
    'select id_number, phone from resident where phone is not null limit 1',
  );
  await population.end();
  const governance = await hub.connect();
  await hub.startSecond();
  const { answered, lost } = await guessUntilLocked(hub, token, people[0]);
  const { rows } = await governance.query(`select misses from verification_miss where department = 'housing'`);
  const { rows: locks } = await governance.query('select id from verification_lock');
  await governance.end();
  const [{ misses }] = rows;
  console.log(
    `${misses} of ${LIMIT} counted; ${answered} answered as not confirmed; ${lost} requests under way at ${KILLS.length} kills`,
  );
  assert.ok(answered <= misses, 'the count is never too low');
  assert.ok(misses <= LIMIT, 'nothing is compared beyond the limit');
  assert.ok(misses <= answered + lost, 'the count is too high by no more than was under way at a kill');
  assert.equal(locks.length, 1, 'the record is locked once');
});

/** Makes claims through both gateways until neither compares any, and kills one of them after each so many outcomes. */
async function guessUntilLocked(hub, token, { id_number: id, phone }) {
  let [answered, lost, next] = [0, 0, 0];
  const kills = [...KILLS];
  const caller = async (port) => {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const n = next++;
      const claimed = n % 5 === 0 ? phone : String(13_000_000_000 + n);
      const told = await claim(port, token, { id, phone: claimed }).catch(() => 'LOST');
      if (told === 'VERIFICATION_LOCKED' && claimed !== phone) return;
      if (told === 'LOST') lost++;
      if (told === 'NOT_CONFIRMED' && ++answered >= (kills[0] ?? Infinity)) {
        kills.shift();
        await hub.kill(kills.length % 2 === 0 ? 'first' : 'second');
      }
      if (told !== 'NOT_CONFIRMED' && told !== 'MATCH') await pause(50);
      assert.ok(Date.now() < deadline, `port ${port} says ${told}`);
    }
  };
  await Promise.all(Object.values(PORTS).flatMap((port) => Array.from({ length: CALLERS }, () => caller(port))));
  assert.equal(kills.length, 0, 'every kill was made');
  return { answered, lost };
}

/** @returns the outcome, the code of a refusal, 'AWAY' while nobody listens; rejects when the connection breaks */
async function claim(port, token, variables) {
  const reply = await ask(port, token, 'public-rental-review', QUERY, variables);
  if (!reply) return 'AWAY';
  const { data, errors } = reply;
  return data?.verifyResident?.outcome ?? errors?.[0]?.extensions.code ?? 'NOTHING';
}
