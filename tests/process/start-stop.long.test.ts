import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findProcessesOf,
  makeDataFolder,
  startHubProcess,
  startProcess,
  waitUntilGone,
} from './support/hub-process.js';

/** Enough residents that filling the database outlasts the signal that interrupts it. */
const MANY = '400000';
const PORT = '4730';

describe('starting and stopping the hub', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeDataFolder();
  });
  afterEach(async () => {
    for (const line of findProcessesOf(folder)) process.kill(Number(line.split(' ')[0]), 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  const start = (residents: string) => startHubProcess(['start'], { DATA_DIR: folder, PORT, RESIDENTS: residents });

  it('leaves nothing behind when Ctrl-C interrupts the first filling', async () => {
    const hub = start(MANY);
    await hub.line(/^data /);
    hub.signalGroup('SIGINT');
    expect((await hub.ended).code).toBe(130);
    expect(await waitUntilGone(folder)).toEqual([]);
    expect(existsSync(join(folder, 'postgresql', 'postmaster.pid'))).toBe(false);
  });

  it('leaves nothing behind when two signals interrupt the preparation of the database', async () => {
    const hub = start(MANY);
    await hub.line(/^database /);
    hub.child.kill('SIGTERM');
    hub.child.kill('SIGTERM');
    expect((await hub.ended).code).toBe(130);
    expect(await waitUntilGone(folder)).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.startsWith('postgresql.'))).toEqual([]);
  });

  it('refuses a second hub on its folder by name, and leaves nothing behind after a closed terminal, a killed npm or two signals', async () => {
    const hub = start('20');
    await hub.line(/^ready /);
    const second = await startHubProcess(['start'], { DATA_DIR: folder, PORT: '4750' }).ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(
      new RegExp(`^DATA_DIR_IN_USE: .*${folder}.* process ${hub.child.pid}, .* since \\d{4}-`),
    );
    expect(second.stderr.trim().split('\n')).toHaveLength(1);

    const answer = await fetch(`http://127.0.0.1:${PORT}/healthz`);
    expect(answer.status).toBe(200);
    hub.child.stdout!.destroy();
    hub.child.stderr!.destroy();
    hub.signalGroup('SIGHUP');
    await hub.ended;
    expect(await waitUntilGone(folder)).toEqual([]);
    expect(existsSync(join(folder, 'postgresql', 'postmaster.pid'))).toBe(false);

    const env = { DATA_DIR: folder, PORT, RESIDENTS: '20' };
    const script = startProcess('npm', ['run', '--silent', '--ignore-scripts', 'start'], env);
    await script.line(/^ready /);
    script.child.kill('SIGKILL');
    expect(await waitUntilGone(folder)).toEqual([]);

    const again = start('20');
    await again.line(/^ready /);
    // One that hangs is not waited for after the second signal.
    const worker = findProcessesOf(folder).find((line) => line.includes('index.js worker'));
    process.kill(Number(worker!.split(' ')[0]), 'SIGSTOP');
    again.child.kill('SIGTERM');
    while (await fetch(`http://127.0.0.1:${PORT}/healthz`).catch(() => undefined));
    again.signalGroup('SIGTERM');
    await again.ended;
    expect(await waitUntilGone(folder)).toEqual([]);
    expect(existsSync(join(folder, 'postgresql', 'postmaster.pid'))).toBe(false);
  }, 120_000);
});
