import type { ClientBase } from 'pg';
import type { Manifest } from '../../archive/manifest.js';
import { readManifest } from '../../archive/manifest.js';
import type { KnownKeys } from '../../keys/evidence-keys.js';
import type { Finding } from '../finding.js';

/** A month of evidence: the partition that holds it, or the signed manifest that stands in its place. */
export interface Month {
  /** YYYY-MM */
  readonly month: string;
  /** Its name in the schema `evidence`. */
  readonly partition?: string;
  readonly manifest?: Manifest;
}
export interface Months {
  readonly months: readonly Month[];
  readonly findings: readonly Finding[];
}

/** Every month there is, oldest first. */
export async function readMonths(client: ClientBase, keys: KnownKeys): Promise<Months> {
  const found = new Map<string, Month>();
  const findings: Finding[] = [];
  const partitions = await client.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'evidence.record'::regclass`,
  );
  for (const { name } of partitions.rows) {
    const month = /^record_(\d{4})_(\d{2})$/.exec(name)?.slice(1).join('-') ?? name;
    found.set(month, { month, partition: name });
  }
  const archives = await client.query<{ month: string; state: string; manifest: string }>(
    `select to_char(month, 'YYYY-MM') as month, state, manifest from evidence.archive order by 1`,
  );
  for (const { month, state, manifest: line } of archives.rows) {
    const read = readManifest(Buffer.from(line), keys);
    const fault =
      'fault' in read
        ? read.fault
        : read.manifest.month !== month
          ? 'is of another month'
          : read.manifest.kind !== (state === 'archived' ? 'archive' : 'expired')
            ? `says ${read.manifest.kind}, and its row ${state}`
            : undefined;
    if (fault === undefined && 'manifest' in read)
      found.set(month, { ...found.get(month), month, manifest: read.manifest });
    else
      findings.push({
        kind: 'altered',
        writer: NO_CHAIN,
        file: 'evidence.archive',
        seq: 0,
        message: `the manifest of ${month} ${fault}`,
      });
  }
  const months = [...found.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
  return { months, findings };
}

/** In a finding that is of no one chain. */
export const NO_CHAIN = '(any)';
