import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { observeEvidence } from '../../gateway/evidence/evidence-metrics.js';
import { readAccessRecords, type StoredAccess } from '../../shared/evidence/log/read-records.js';
import { canMountSmallDisk, mountSmallDisk, unmountSmallDisk } from '../support/small-disk.js';
import { record } from './support/record.js';

let disk: string;
beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'sharehub-full-'));
});
afterEach(async () => {
  await rm(disk, { recursive: true, force: true });
});

const onSmallDisk = canMountSmallDisk ? it : it.skip;

describe(`a disk that is full${canMountSmallDisk ? '' : ' (not tried: a small disk cannot be mounted here)'}`, () => {
  onSmallDisk('refuses every answer, loses nothing, and serves again by itself when there is room', async () => {
    mountSmallDisk(disk);
    try {
      await writeFile(join(disk, 'ballast'), Buffer.alloc(1_000_000));
      const folder = join(disk, 'evidence');
      const log = await EvidenceLog.open({ folder, keys: join(disk, 'trust', 'keys.json') });
      const registry = new Registry();
      observeEvidence(log, registry);
      const [stored, refused]: [string[], string[]] = [[], []];
      const ask = async (id: string) => {
        try {
          await log.append(record(id, { purpose: 'x'.repeat(3_000) }));
          stored.push(id);
        } catch (error) {
          expect(error).toMatchObject({ code: 'EVIDENCE_UNAVAILABLE', status: 503 });
          refused.push(id);
        }
      };
      expect(await log.ready()).toBeUndefined();
      for (let round = 0; refused.length < 200; round++) {
        await Promise.all(Array.from({ length: 50 }, (_, i) => ask(`${round}/${i}`)));
      }
      expect(stored.length).toBeGreaterThan(100);
      expect(await log.ready()).toContain('disk is full');
      const metrics = await registry.metrics();
      expect(metrics).toContain('sharehub_evidence_failing 1');
      expect(metrics).toContain(`sharehub_evidence_stored_total ${stored.length}`);
      expect(await ids(folder)).toEqual(stored);

      await rm(join(disk, 'ballast'));
      expect(await log.ready()).toBeUndefined();
      await ask('room again');
      await log.close();
      expect(stored.at(-1)).toBe('room again');

      const records = await all(folder);
      expect(records.map(({ requestId }) => requestId)).toEqual(stored);
      records.forEach(({ seq, prev }, i) => {
        expect(seq).toBe(i + 1);
        expect(prev).toBe(records[i - 1]?.hash ?? '');
      });
      expect((await readdir(folder)).filter((name) => name.endsWith('.room'))).toEqual([]);
    } finally {
      unmountSmallDisk(disk);
    }
  });
});

async function all(folder: string): Promise<StoredAccess[]> {
  const records: StoredAccess[] = [];
  for await (const one of readAccessRecords(folder)) records.push(one);
  return records;
}
const ids = async (folder: string) => (await all(folder)).map(({ requestId }) => requestId);
