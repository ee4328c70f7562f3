import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Counter, Gauge, type Registry } from 'prom-client';
import { shippedName } from '../../shared/evidence/log/index.js';
import type { EvidenceLog } from './evidence-log.js';

/** Shows a log's counts beside the hub's other metrics.
 *  @param folder  the folder that records are shipped from */
export function observeEvidence(log: EvidenceLog, registry: Registry, folder?: string): void {
  const registers = [registry];
  const counter = (name: string, help: string, now: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(now());
      },
    });
  counter('sharehub_evidence_stored_total', 'Records of evidence on stable storage.', () => log.counts.stored);
  counter('sharehub_evidence_refused_total', 'Records that could not be stored.', () => log.counts.refused);
  new Gauge({
    name: 'sharehub_evidence_failing',
    help: '1 while evidence cannot be stored, so that nothing is answered.',
    registers,
    collect() {
      this.set(log.isFailing ? 1 : 0);
    },
  });
  new Gauge({
    name: 'sharehub_evidence_unsigned',
    help: 'Records that no signed head covers yet.',
    registers,
    collect() {
      this.set(log.unsigned);
    },
  });
  if (folder === undefined) return;
  new Gauge({
    name: 'sharehub_evidence_unshipped',
    help: 'Records that the worker has not brought into the database yet.',
    registers,
    async collect() {
      this.set(log.newest - (await shippedUpTo(folder, log.writer)));
    },
  });
}

/** Number of the newest record of a chain that the worker has shipped; 0 before the first. */
const shippedUpTo = async (folder: string, writer: string): Promise<number> =>
  Number(await readFile(join(folder, shippedName(writer)), 'latin1').catch(() => '0'));
