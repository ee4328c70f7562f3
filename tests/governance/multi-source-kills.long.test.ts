import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Loose } from '../support/system.js';
import { startMultiSource, type MultiSourceUnderTest } from './support/multi-source-under-test.js';

let under: MultiSourceUnderTest;
beforeAll(async () => void (under = await startMultiSource()), 120_000);
afterAll(() => under.stop(), 60_000);
beforeEach(() => under.reset());

it('A run of a worker that is killed in the midst of a batch is ended by another, without a doubled case', async () => {
  const check = await under.byName();
  await under.differ('name', '某某', 10, 60, 110);
  // The worker waits in the transaction of its second batch.
  const gate = await under.governance.connect();
  await gate.query('select pg_advisory_lock(7)');
  await under.governance.query(`
      create function wait_at_gate() returns trigger language plpgsql as $$
      begin if new.batches = 2 then perform pg_advisory_xact_lock(7); end if; return new; end $$;
      create trigger gate before update on multi_source_run for each row execute function wait_at_gate()`);
  await under.due();
  const worker = fork(join('dist', 'cli', 'index.js'), ['worker'], {
    env: {
      ...process.env,
      ...{
        DATA_DIR: under.hub.folder,
        SUPERGRAPH_CONFIG: join(under.hub.folder, 'supergraph.yaml'),
        LOG_LEVEL: 'silent',
      },
      ...{ EVIDENCE_STORE: 'postgres', SHAREHUB_PROFILE: 'hangzhou', CATALOGUE_REVIEW: 'sdl', NODE_OPTIONS: '' },
      GOVERNANCE_DATABASE_URL: under.hub.config.GOVERNANCE_DATABASE_URL!,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    let waiting = 0;
    do
      waiting = (
        await under.governance.query(`select from pg_locks where locktype = 'advisory' and objid = 7 and not granted`)
      ).rows.length;
    while (waiting === 0 && worker.exitCode === null);
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
  } finally {
    worker.kill('SIGKILL');
    await gate.query('select pg_advisory_unlock_all()');
    gate.release();
    await under.governance.query('drop trigger gate on multi_source_run; drop function wait_at_gate');
  }
  let last: Loose;
  do {
    await under.carryOut();
    last = await under.lastRun(check);
  } while (last.state === 'RUNNING');
  expect(last).toMatchObject({ state: 'COMPLETED', compared: 120, agreed: 117, mismatched: 3, cases: 6 });
  expect(await under.corrections()).toHaveLength(6);
}, 60_000);
