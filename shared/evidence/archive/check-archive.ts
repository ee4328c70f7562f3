import { basename, join } from 'node:path';
import type { KnownKeys } from '../keys/evidence-keys.js';
import { readChainPosition } from '../record-line.js';
import { RowChain } from '../verify/database/row-chain.js';
import { Positions } from '../verify/database/positions.js';
import { NO_CHAIN } from '../verify/database/months.js';
import type { FaultKind, Finding } from '../verify/finding.js';
import { readHead } from '../log/signed-head.js';
import { isSigned } from '../keys/signed-line.js';
import { sortAttestations, type Attestation } from '../verify/attestation.js';
import { ArchiveReader, manifestOf, sizeOf, type ArchivedLine } from './archive-folder.js';
import { archiveName, manifestName, readManifest, type Manifest } from './manifest.js';

export interface CheckedArchive {
  /** Absent when it is gone, or not to be believed. */
  readonly manifest?: Manifest;
  readonly records: number;
  readonly findings: readonly Finding[];
}

/** Checks the archive of a month on its own: the file is the one that its signed manifest names, and each chain in it is
 *  whole from the record to the record that the manifest says.
 *  @param month  YYYY-MM */
export async function checkArchive(
  folder: string,
  month: string,
  keys: KnownKeys,
  onProgress?: (records: number) => void,
): Promise<CheckedArchive> {
  const bad = (kind: FaultKind, file: string, message: string): CheckedArchive => ({
    records: 0,
    findings: [{ kind, writer: NO_CHAIN, file: basename(file), seq: 0, message }],
  });
  const line = await manifestOf(folder, month);
  if (!line) return bad('dropped', manifestName(month), 'the manifest is gone');
  const read = readManifest(line, keys);
  if ('fault' in read) return bad('altered', manifestName(month), `the manifest ${read.fault}`);
  const { manifest } = read;
  const file = archiveName(month);
  if (manifest.month !== month) return bad('altered', manifestName(month), `the manifest is that of ${manifest.month}`);
  const size = await sizeOf(join(folder, file));
  if (size === undefined)
    return manifest.kind === 'expired'
      ? { manifest, records: 0, findings: [] }
      : { ...bad('dropped', file, 'the archive is gone'), manifest };
  return { manifest, ...(await checkFile(folder, manifest, keys, onProgress)) };
}

async function checkFile(
  folder: string,
  manifest: Manifest,
  keys: KnownKeys,
  onProgress?: (records: number) => void,
): Promise<Pick<CheckedArchive, 'records' | 'findings'>> {
  const file = archiveName(manifest.month);
  const chains = chainsOf(manifest, keys);
  const positions = new Positions();
  let [records, strange] = [0, 0];
  const bad = (kind: FaultKind, message: string): Finding[] => [{ kind, writer: NO_CHAIN, file, seq: 0, message }];
  const take = (found: ArchivedLine | undefined): void => {
    records++;
    if (!found) return void strange++;
    positions.add(found.position);
    const chainPosition = readChainPosition(found.line);
    const chain = chainPosition && chains.get(chainPosition.writer);
    if (!chain) return void strange++;
    const { line } = found;
    chain.take({ line, text: line.toString('latin1'), lineFrom: 0, seq: chainPosition.seq }, file);
  };
  const reader = new ArchiveReader(join(folder, file));
  try {
    for await (const lines of reader.lines()) {
      lines.forEach(take);
      onProgress?.(records);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [kind, what] =
      code === 'Z_BUF_ERROR'
        ? (['truncated', 'ends too soon'] as const)
        : (['altered', 'cannot be decompressed'] as const);
    return { records, findings: bad(kind, `behind record ${records} the file ${what} (${message})`) };
  }
  const findings = [...chains.values()].map((chain) => chain.end()).filter((finding) => finding !== undefined);
  if (findings.length > 0) return { records, findings };
  if (strange > 0) return { records, findings: bad('inserted', `${strange} lines are no records of this month`) };
  if (records !== manifest.records || JSON.stringify(positions.list()) !== JSON.stringify(manifest.positions))
    return { records, findings: bad('altered', 'positions of records are not those that the manifest names') };
  if (reader.sha256 !== manifest.sha256)
    return { records, findings: bad('altered', 'the file is not the one that the manifest names') };
  return { records, findings: [] };
}

function chainsOf({ chains, heads }: Manifest, keys: KnownKeys): Map<string, RowChain> {
  const attestations = new Map<string, Attestation[]>();
  for (const line of heads) {
    const head = isSigned(Buffer.from(line), keys) ? readHead(Buffer.from(line)) : undefined;
    if (head)
      attestations.set(head.writer, [...(attestations.get(head.writer) ?? []), { ...head, source: 'a signed head' }]);
  }
  return new Map(
    chains.map(({ writer, first, prev, last, hash }) => {
      const inside = (attestations.get(writer) ?? []).filter(({ seq }) => seq >= first && seq <= last);
      const chain = {
        writer,
        end: { seq: last, hash },
        from: { seq: first, prev },
        part: { first: false, last: false },
      };
      return [writer, new RowChain({ ...chain, attestations: sortAttestations(inside) })];
    }),
  );
}
