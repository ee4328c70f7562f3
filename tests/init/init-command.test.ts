import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-init-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the compiled command as a user would. */
const sharehub = (...args: readonly string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const command = [resolve('cli/sharehub.js'), ...args];
    execFile(process.execPath, command, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

it('refuses in one line with a code and exit code 1, and writes nothing', async () => {
  expect(await sharehub('init', 'edu', '--from', 'mongodb://u:secret@h/d')).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(/^SOURCE_KIND_UNKNOWN: (?!.*secret).*\n$/),
  });
  expect(await sharehub('check', 'no.yaml')).toMatchObject({ code: 1, err: expect.stringMatching(/^BAD_USER_INPUT/) });
  expect(await readdir(folder)).toEqual([]);
});

it('drafts an example, which check refuses until a person has confirmed it', async () => {
  expect(await sharehub('init', 'edu')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('edu.yaml') });
  const file = join('edu', 'edu.yaml');
  const { code, out } = await sharehub('check', file);
  expect(code).toBe(1);
  expect(out).toMatch(/^edu\/edu\.yaml:\d+:\d+ RESOURCE_CODE_MISSING types\.\w+\.resource\.code /m);
  expect(out).toMatch(/^edu\/edu\.yaml:\d+:\d+ SHARE_NOT_CONFIRMED types\.\w+\.share\.proposed /m);
  const problems = JSON.parse((await sharehub('check', file, '--json')).out);
  expect(problems).toMatchObject({ publishable: false, problems: expect.any(Array) });
  expect(await sharehub('check', file, '--proposals')).toMatchObject({ code: 0 });
  const text = await readFile(join(folder, file), 'utf8');
  await writeFile(join(folder, file), text.replaceAll(', proposed: true', '').replace('000000/', '301001/'));
  expect(await sharehub('check', file)).toMatchObject({ code: 0, out: expect.stringContaining('is right') });
});
