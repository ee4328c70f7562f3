import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { evidenceKeysFile, readPublicKeys } from '../../shared/evidence/keys/evidence-keys.js';
import { verifyDatabase } from '../../shared/evidence/verify/database/verify-database.js';
import { rounds } from '../support/rounds.js';
import { createEvidenceDatabase } from './support/evidence-database.js';
import { monthsFrom, writeMonths } from './support/write-months.js';

/** How many times each command is killed, every time a little later, before it may end. */
const KILLS = rounds(2, 8);

it('archive and restore that are killed again and again lose and double nothing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sharehub-archive-killed-'));
  const database = await createEvidenceDatabase();
  const months = monthsFrom(2020, rounds(2, 4));
  const keys = evidenceKeysFile(dataDir);
  const written = await writeMonths(database, months, { perChain: 200, keys });
  /** Runs `sharehub evidence …`. @returns its exit code, null when it was killed first */
  const evidence = async (killAfter: number | undefined, ...args: string[]) => {
    const child = fork(join('dist', 'cli', 'index.js'), ['evidence', ...args], {
      env: { ...process.env, DATA_DIR: dataDir, GOVERNANCE_DATABASE_URL: database.url },
      stdio: 'ignore',
      execArgv: [],
    });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(timer);
    return code;
  };
  const whole = async () =>
    verifyDatabase({ url: database.url, keys: await readPublicKeys(keys), archives: join(dataDir, 'archive') });
  const untilDone = async (...args: string[]) => {
    for (let kill = 0; kill < KILLS; kill++) {
      if ((await evidence(300 + kill * 90, ...args)) !== null) break;
      expect((await whole()).findings).toEqual([]);
    }
    expect(await evidence(undefined, ...args)).toBe(0);
  };
  try {
    await untilDone('archive', '--before', '2020-05');
    expect(await whole()).toMatchObject({ findings: [], archived: months });
    await untilDone('restore', '2020-01');
    for (const month of months) expect(await evidence(undefined, 'restore', month)).toBe(0);
    // One record of each act, however often it was begun.
    expect(await whole()).toMatchObject({ findings: [], archived: [], records: written + 2 * months.length });
  } finally {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 180_000);
