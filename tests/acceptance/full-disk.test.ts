import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canMountSmallDisk, mountSmallDisk, unmountSmallDisk } from '../support/small-disk.js';
import { startSystem, type System } from '../support/system.js';

const QUERY = '{ residents(first: 100) { nodes { name phone } } }';
const CALLERS = 10;

let hub: System;
let evidence: string;

(canMountSmallDisk ? describe : describe.skip)('a hub whose disk of evidence has 2 MB', () => {
  beforeAll(async () => {
    hub = await startSystem({}, 120, async (folder) => {
      evidence = join(folder, 'evidence');
      await mkdir(evidence);
      mountSmallDisk(evidence);
      await writeFile(join(evidence, 'ballast'), Buffer.alloc(1_000_000));
    });
  }, 120_000);
  afterAll(async () => {
    await hub.gateway.close();
    unmountSmallDisk(evidence);
    await hub.stop();
  }, 60_000);

  it('answers 503 and no data when it fills, loses no record, and serves again when there is room', async () => {
    const [answered, refused]: [string[], string[]] = [[], []];
    const ask = async (id: string) => {
      const options = { scenario: 'public-rental-review', headers: { 'x-request-id': id } };
      const { status, data, errors } = await hub.ask('housing-app', QUERY, options);
      if (status === 200) return void answered.push(id);
      expect([status, data, errors![0]!.extensions['code']]).toEqual([503, undefined, 'EVIDENCE_UNAVAILABLE']);
      refused.push(id);
    };
    for (let round = 0; refused.length < 50; round++)
      await Promise.all(Array.from({ length: CALLERS }, (_, i) => ask(`full-${round}-${i}`)));
    const ready = await fetch(`${hub.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('disk is full');
    expect(await (await fetch(`${hub.url}/metrics`)).text()).toContain('sharehub_evidence_failing 1');

    await rm(join(evidence, 'ballast'));
    // Nobody is sent to a hub that is not ready: it must find out by itself.
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
    await ask('full-room-again');
    expect(answered.at(-1)).toBe('full-room-again');

    const recorded = (await hub.records()).map(({ requestId }) => requestId).filter((id) => id.startsWith('full-'));
    expect(recorded.sort()).toEqual([...answered].sort());
    expect(answered.length).toBeGreaterThan(100);
  }, 120_000);
});
