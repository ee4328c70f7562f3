import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkSettings } from '../../cli/launch/check-settings.js';
import { readConfig } from '../../shared/config/config.js';
import { resolveIssuer } from '../../shared/openid/embedded-provider.js';
import { startHubProcess, startProcess } from './support/hub-process.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-settings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const check = async (settings: Record<string, string>) =>
  checkSettings(readConfig({ DATA_DIR: join(folder, 'data'), ...settings }), true);

describe('settings are checked before anything starts', () => {
  it.each([
    ['TIME_ZONE', 'Foo/Bar', /Foo\/Bar is no time zone/],
    ['PORT', '65530', /65530.*takes ports up to 655\d\d|ports up to/],
    ['SHAREHUB_PROFILE', 'atlantis', /There is no profile "atlantis"/],
    ['CALENDAR_DIR', '/nope', /\/nope cannot be read/],
    ['EVIDENCE_ANCHOR_FOLDER', '/nope', /\/nope is no folder/],
    ['EVIDENCE_TSA_CA', '/nope.pem', /\/nope\.pem cannot be read/],
    ['PUSH_HOSTS', 'ht!tp://', /"ht!tp:\/\/" is no host/],
    ['SOURCE_HOSTS', '10.0.0.0/33', /"10.0.0.0\/33" is no host/],
    ['SUPERGRAPH_CONFIG', '/nope.yaml', /does not exist/],
    ['HOST', '203.0.113.9', /203\.0\.113\.9/],
    ['HOST', 'no such host', /no such host/],
    ['HOST', '0.0.0.0', /OIDC_ISSUER/],
  ])('refuses %s=%s by name', async (name, value, why) => {
    const refused = (async () => check({ [name]: value }))();
    await expect(refused).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(new RegExp(`\\b${name}\\b`)),
    });
    await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(why) });
    expect(await readdir(folder)).not.toContain('data');
  });

  it('names a file in the calendar folder that would be ignored', async () => {
    await writeFile(join(folder, '2027.json'), '{}');
    await expect(check({ CALENDAR_DIR: folder })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/CALENDAR_DIR.*2027\.json/),
    });
  });

  it('names every wrong setting at once', async () => {
    const refused = check({ SHAREHUB_PROFILE: 'atlantis', EVIDENCE_ANCHOR_FOLDER: '/nope' });
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(/SHAREHUB_PROFILE.*EVIDENCE_ANCHOR/s),
    });
  });

  it('takes the defaults, and an IPv6 address as HOST', async () => {
    await expect(check({})).resolves.toBeUndefined();
    const config = readConfig({ HOST: '::1' });
    expect(new URL(resolveIssuer(config)).host).toBe('[::1]:4009');
  });

  it.each([['start'], ['gateway'], ['worker']])('ends %s with one line and exit code 1', async (command) => {
    const { code, stderr } = await startHubProcess([command], {
      DATA_DIR: join(folder, 'data'),
      EVIDENCE_ANCHOR_FOLDER: '/nope',
      PORT: '4730',
    }).ended;
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(stderr).toMatch(/^CONFIG_INVALID: .*EVIDENCE_ANCHOR_FOLDER/);
    expect(await readdir(folder)).not.toContain('data');
  });
});

it('a Node that is too old is told what the hub needs, in one line', async () => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '20.11.1' }); import('./dist/cli/index.js')`;
  const { code, stderr } = await startProcess(process.execPath, ['--eval', old, 'start'], {}).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^ShareHub needs Node [\d.]+ or later, [^\n]*\n$/);
});
