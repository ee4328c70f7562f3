import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { register } from '../../cli/evidence.command.js';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { evidenceFolder, listSegments } from '../../shared/evidence/evidence-folder.js';
import { evidenceKeysFile } from '../../shared/evidence/evidence-keys.js';
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
});
