import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { register } from '../../cli/evidence.command.js';
import { evidenceFolder, headsName, listSegments } from '../../shared/evidence/log/evidence-folder.js';
import { evidenceKeysFile } from '../../shared/evidence/keys/evidence-keys.js';
import { createEvidenceDatabase, type EvidenceDatabase } from './support/evidence-database.js';
import { writeThreeChains, type ThreeChains } from './support/three-chains.js';

jest.setTimeout(60_000);

let database: EvidenceDatabase;
let dataDir: string;
let chains: ThreeChains;
const before = { ...process.env };
const TIMES = ['01', '01', '02', '02'].map((month, i) => `2020-${month}-${String(i + 10)}T08:00:00.000Z`);
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sharehub-archive-command-'));
  database = await createEvidenceDatabase();
  chains = await writeThreeChains(database, TIMES, {
    folder: evidenceFolder(dataDir),
    keys: evidenceKeysFile(dataDir),
  });
  Object.assign(process.env, { DATA_DIR: dataDir, GOVERNANCE_DATABASE_URL: database.url });
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
}, 60_000);
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...before };
  process.exitCode = undefined;
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** What `sharehub evidence …` prints, and its exit code. */
async function evidence(...args: string[]): Promise<{ out: string; code: typeof process.exitCode }> {
  const program = new Command('sharehub').exitOverride();
  register(program);
  let out = '';
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  await program.parseAsync(['evidence', ...args], { from: 'user' }).finally(() => void stdout.mockRestore());
  const code = process.exitCode;
  process.exitCode = undefined;
  return { out, code };
}
/** Cuts the last lines off a file. */
async function cut(path: string, lines: number): Promise<void> {
  const all = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  await writeFile(
    path,
    all
      .slice(0, -lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

describe('sharehub evidence verify', () => {
  it('--database names the bad record of a row and ends with 1', async () => {
    await database.pool.query(`update evidence.record set department = 'x' where writer = $1 and seq = 2`, [
      chains.direct,
    ]);
    const { out, code } = await evidence('verify', '--database');
    expect(code).toBe(1);
    expect(out).toBe(
      `altered    chain ${chains.direct}  record 2  evidence.record_2020_01: the column department of record 2 does not say what the record says\n` +
        'NOT WHOLE: 9 records of 3 chains in 2 months of the database were good up to there.\n',
    );
  });

  it('--against-database finds files that were rolled back together with their heads, which they alone do not show', async () => {
    const folder = evidenceFolder(dataDir);
    const [segment] = await listSegments(folder);
    await cut(join(folder, segment!.name), 2);
    await writeFile(
      join(folder, headsName(chains.folder)),
      (await readFile(join(folder, headsName(chains.folder)), 'utf8')).split('\n')[0] + '\n',
    );
    expect(await evidence('verify')).toMatchObject({ code: undefined });
    const { out, code } = await evidence('verify', '--against-database');
    expect(code).toBe(1);
    expect(out).toContain(`truncated  chain ${chains.folder}  record 3-4`);
    expect(out).toContain('the database vouches for 4 records');
  });

  it('--database and --against-database say when all is whole', async () => {
    expect(await evidence('verify', '--database')).toEqual({
      out: 'Whole: 12 records of 3 chains in 2 months of the database.\n',
      code: undefined,
    });
    expect((await evidence('verify', '--database', '--from', '2020-02-01')).out).toContain('6 records');
    expect((await evidence('verify', '--against-database')).out).toContain('Whole: 4 records of 1 chain in 1 segment.');
  });
});

it('sharehub evidence archive, verify --archive, expire and restore', async () => {
  await expect(evidence('archive', '--before', 'soon')).rejects.toThrow('A month is written as 2026-01.');
  await expect(evidence('archive', '--before', '2999-01')).rejects.toMatchObject({ code: 'EVIDENCE_MONTH_OPEN' });
  expect((await evidence('archive', '--before', '2020-02')).out).toMatch(
    /^2020-01 {2}6 records {2}[\d,]+ bytes {2}2020-01\.ndjson\.gz\n$/,
  );
  expect((await evidence('archive', '--before', '2020-02')).out).toBe('Nothing before 2020-02 is in the database.\n');
  expect((await evidence('verify', '--archive')).out).toBe('Whole: 6 records in archives of 1 month.\n');
  expect((await evidence('verify', '--database')).out).toContain('Archived, by signed manifests: 2020-01.');
  process.env.EVIDENCE_RETENTION = 'long-term';
  await expect(evidence('expire', '--before', '2020-02')).rejects.toMatchObject({ code: 'EVIDENCE_RETAINED' });
  process.env.EVIDENCE_RETENTION = '2';
  await expect(evidence('expire', '--before', '2020-02')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  delete process.env.EVIDENCE_RETENTION;
  expect((await evidence('restore', join(dataDir, 'archive', '2020-01.ndjson.gz'))).out).toContain(
    'in the database again',
  );
  expect((await evidence('restore', '2020-01')).out).toContain('in the database already');
  await evidence('archive', '--before', '2020-02');
  expect((await evidence('expire', '--before', '2020-02')).out).toBe('Deleted: 2020-01. Kept by QZ-8.4e.\n');
  expect(await evidence('verify', '--database')).toMatchObject({ code: undefined });
  await writeFile(join(dataDir, 'archive', '2020-01.manifest.json'), '{}');
  expect(await evidence('verify', '--archive')).toMatchObject({ code: 1 });
});
