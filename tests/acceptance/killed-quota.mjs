// Two gateways, one quota of 100, and kill -9 of each in turn while both give values under it. What must hold: the quota
// counts exactly 100 uses, no more than 100 values are received, and those that were taken and not received are no more
// than the requests that were under way at a kill.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, withTwoGateways } from './support/two-gateways.mjs';

const PORTS = { hub: 4730, second: 4750 };
const QUOTA = 100;
const GRANT = 'D-0007';
const CALLERS = 3;
/** Values received before each kill. */
const KILLS = [20, 40, 60, 80];
const PATIENCE = 60_000;

await withTwoGateways(PORTS, {}, async (hub) => {
  const token = await hub.token('human-resources-app');
  const governance = await hub.connect();
  await governance.query('update share_grant set quota_per_day = $1 where id = $2', [QUOTA, GRANT]);
  await hub.startSecond();
  const { received, lost } = await askUntilUsedUp(hub, token);
  const { rows } = await governance.query('select used from quota_use where grant_id = $1', [GRANT]);
  await governance.end();
  console.log(
    `${rows[0].used} uses of ${QUOTA}; ${received} values received; ${lost} requests under way at ${KILLS.length} kills`,
  );
  assert.equal(rows[0].used, QUOTA, 'the quota is used up, and not over-used');
  assert.ok(received <= QUOTA, 'no more values than the quota');
  assert.ok(received >= QUOTA - lost, 'nothing is lost but what was under way at a kill');
});

/** Asks both gateways until neither gives anything, and kills one of them after each so many values. */
async function askUntilUsedUp(hub, token) {
  let received = 0;
  let lost = 0;
  const kills = [...KILLS];
  const caller = async (port) => {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const told = await askOne(port, token).catch(() => 'LOST');
      if (told === 'QUOTA_EXCEEDED') return;
      if (told === 'LOST') lost++;
      if (told === 'GIVEN' && ++received >= (kills[0] ?? Infinity)) {
        kills.shift();
        await hub.kill(kills.length % 2 === 0 ? 'first' : 'second');
      }
      if (told !== 'GIVEN') await pause(50);
      assert.ok(Date.now() < deadline, `port ${port} says ${told}`);
    }
  };
  await Promise.all(Object.values(PORTS).flatMap((port) => Array.from({ length: CALLERS }, () => caller(port))));
  assert.equal(kills.length, 0, 'every kill was made');
  return { received, lost };
}

/** @returns 'GIVEN', the code of a refusal, 'AWAY' while nobody listens; rejects when the connection breaks */
async function askOne(port, token) {
  const reply = await ask(port, token, 'pension-check', '{ residents(first: 1) { nodes { phone } } }');
  if (!reply) return 'AWAY';
  const { data, errors } = reply;
  return data?.residents?.nodes[0]?.phone ? 'GIVEN' : (errors?.[0]?.extensions.code ?? 'NOTHING');
}
