import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import type { Pool } from 'pg';
import pino from 'pino';
import { register } from '../../cli/evidence.command.js';
import { anchorHeads } from '../../worker/anchor-heads.js';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { readConfig } from '../../shared/config/config.js';
import { evidenceFolder, headsName, listSegments } from '../../shared/evidence/log/evidence-folder.js';
import { evidenceKeysFile } from '../../shared/evidence/keys/evidence-keys.js';
import { record } from './support/record.js';

let dataDir: string;
const before = process.env.DATA_DIR;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sharehub-command-'));
  process.env.DATA_DIR = dataDir;
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
  await rm(dataDir, { recursive: true, force: true });
});

/** What `sharehub evidence …` prints, and its exit code. */
async function evidence(...args: string[]): Promise<{ out: string; code: typeof process.exitCode }> {
  const program = new Command('sharehub').exitOverride();
  register(program);
  let out = '';
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  try {
    await program.parseAsync(['evidence', ...args], { from: 'user' });
  } finally {
    stdout.mockRestore();
  }
  const code = process.exitCode;
  process.exitCode = undefined;
  return { out, code };
}
async function written(count: number): Promise<string> {
  const log = await EvidenceLog.open({ folder: evidenceFolder(dataDir), keys: evidenceKeysFile(dataDir) });
  for (let i = 1; i <= count; i++) await log.append(record(`${i}`));
  await log.close();
  return log.writer;
}

describe('sharehub evidence', () => {
  it('says which record is bad, where and how, and ends with 1', async () => {
    const writer = await written(3);
    const [segment] = await listSegments(evidenceFolder(dataDir));
    const path = join(evidenceFolder(dataDir), segment!.name);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"requestId":"2"', '"requestId":"x"'));
    const { out, code } = await evidence('verify');
    expect(code).toBe(1);
    expect(out).toBe(
      `altered    chain ${writer}  record 2  ${segment!.name}: record 2 does not fit its hash\n` +
        'NOT WHOLE: 1 record of 1 chain in 1 segment were good up to there.\n',
    );
  });

  it('does not check without keys, without records or with a time that is none', async () => {
    await expect(evidence('verify')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await written(1);
    await expect(evidence('verify', '--folder', join(dataDir, 'none'))).rejects.toThrow('There is no evidence');
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(evidence('verify', '--from', 'soon')).rejects.toThrow('A time is written as');
  });

  it('lets an auditor check with keys kept elsewhere, and the hub change its key', async () => {
    await written(2);
    const kept = join(dataDir, 'kept-by-the-auditor.json');
    await writeFile(kept, (await evidence('keys')).out);
    expect(await readFile(kept, 'utf8')).not.toContain('privateKey');
    const whole = 'Whole: 2 records of 1 chain in 1 segment.\n';
    expect(await evidence('verify', '--keys', kept)).toEqual({ out: whole, code: undefined });
    const { out: id } = await evidence('rotate-key');
    await written(1);
    expect((await evidence('verify')).out).toContain('Whole: 3 records of 1 chain in 2 segments.');
    const stale = await evidence('verify', '--keys', kept);
    expect(stale.out).toContain(`names key ${id.trim()}, which is not among the known keys`);
    expect(stale.code).toBe(1);
  });

  it('changes the algorithm of the key, unless a setting stands against it', async () => {
    await written(1);
    process.env.EVIDENCE_ALGORITHM = 'Ed25519';
    await expect(evidence('rotate-key', '--algorithm', 'SM2')).rejects.toThrow('Change the setting first');
    delete process.env.EVIDENCE_ALGORITHM;
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(evidence('rotate-key', '--algorithm', 'RSA')).rejects.toThrow('Ed25519, SM2');
    await evidence('rotate-key', '--algorithm', 'SM2');
    await written(1);
    expect((await evidence('keys')).out).toContain('"algorithm": "SM2"');
    expect((await evidence('verify')).out).toContain('Whole: 2 records of 1 chain');
  });

  it('checks against a second store, which must be there', async () => {
    const writer = await written(2);
    const store = join(dataDir, 'store');
    await expect(evidence('verify', '--anchors', store)).rejects.toThrow('cannot be read');
    await mkdir(store);
    await copyFile(join(evidenceFolder(dataDir), headsName(writer)), join(store, headsName(writer)));
    expect((await evidence('verify', '--anchors', store)).out).toContain('The second store has 2 heads, and all fit.');
    await rm(evidenceFolder(dataDir), { recursive: true });
    const { out, code } = await evidence('verify', '--anchors', store);
    expect(out).toContain(
      `truncated  chain ${writer}  record 1-2  (no file): a head in the second store vouches for 2 records`,
    );
    expect(code).toBe(1);
    await expect(evidence('verify', '--tsa-ca', store)).rejects.toThrow('EVIDENCE_TSA_CA');
  });

  it('forgets an older key of subjects only when that is meant', async () => {
    const { out: first } = await evidence('rotate-subject-key');
    const { out: second } = await evidence('rotate-subject-key');
    await expect(evidence('forget-subject-key', first.trim())).rejects.toThrow('If that is meant, say --yes.');
    await expect(evidence('forget-subject-key', second.trim(), '--yes')).rejects.toThrow('is in use');
    expect((await evidence('forget-subject-key', first.trim(), '--yes')).out).toContain(
      `Key ${first.trim()} is forgotten.`,
    );
    await expect(evidence('forget-subject-key', first.trim(), '--yes')).rejects.toThrow('has no key');
  });
});

describe('anchoring by the worker', () => {
  const settings = (more: Record<string, string>) => readConfig({ DATA_DIR: dataDir, ...more });
  const noDatabase = { query: async () => ({ rows: [] }) } as unknown as Pick<Pool, 'query'>;

  it('is off where nothing is set', async () => {
    expect(await anchorHeads(settings({}), noDatabase, pino({ level: 'silent' }))).toBeUndefined();
  });

  it('copies heads to the folder of the settings, and logs once what keeps it from doing so', async () => {
    const writer = await written(1);
    const store = join(dataDir, 'store');
    const logged: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
    const start = async () => (await anchorHeads(settings({ EVIDENCE_ANCHOR_FOLDER: store }), noDatabase, logger))!;
    await (await start()).stop();
    expect(logged.map((line) => JSON.parse(line) as object)).toMatchObject([
      { part: 'store', why: 'the anchor folder is not there' },
    ]);
    await mkdir(store);
    const anchoring = await start();
    await anchoring.stop();
    expect(anchoring.status().store!.failing).toBeUndefined();
    expect(await readFile(join(store, headsName(writer)), 'utf8')).toContain(`"writer":"${writer}"`);
    expect(logged).toHaveLength(1);
  });
});
