import { Counter, Gauge, type Registry } from 'prom-client';
import type { EvidenceLog } from './evidence-log.js';

/** Shows a log's counts beside the hub's other metrics. */
export function observeEvidence(log: EvidenceLog, registry: Registry): void {
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
}
