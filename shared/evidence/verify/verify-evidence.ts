import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../../kernel/index.js';
import { readAnchors, type Anchors, type AnchorsToRead } from '../anchor/read-anchors.js';
import { headsName, listSegments, listWriters, releaseName, type Segment } from '../log/evidence-folder.js';
import { knownKeys, type KnownKeys, type PublicKey } from '../keys/evidence-keys.js';
import { readRelease } from '../log/release.js';
import type { Head } from '../log/signed-head.js';
import { checkChain, type CheckedChain } from './check-chain.js';
import { checkHeads, type CheckedHeads } from './check-heads.js';
import type { Finding } from './finding.js';
import { selectChainPart } from './chain-part.js';
import { sortAttestations, type Attestation } from './attestation.js';

export interface VerifyOptions {
  readonly folder: string;
  /** Every public key of the hub, oldest first. */
  readonly keys: readonly PublicKey[];
  /** Leaves out segments that end before, or begin well after; milliseconds since the epoch. */
  readonly from?: number;
  readonly to?: number;
  /** Stores of anchored heads, besides the time-stamps that lie with the evidence. */
  readonly anchors?: Pick<AnchorsToRead, 'anchorFolder' | 'roots'>;
  /** Attestations by the database, by writer. */
  readonly shipped?: ReadonlyMap<string, readonly Attestation[]>;
  readonly onProgress?: (progress: Progress) => void;
}
export interface Progress {
  readonly records: number;
  readonly bytes: number;
  readonly totalBytes: number;
}
export interface Verified {
  readonly chains: number;
  readonly segments: number;
  readonly records: number;
  /** Records that no signed head covers yet. */
  readonly unsigned: number;
  /** Chains behind whose last record something unfinished stands. */
  readonly unfinished: readonly string[];
  readonly anchored: Pick<Anchors, 'stored' | 'timeStamps' | 'newest'>;
  /** The first fault of each chain and of each file of heads; empty when all is as it was written. */
  readonly findings: readonly Finding[];
}

/** Checks evidence as it is on disk, also while it is being written, and while what was shipped is removed.
 *  @throws HubError CONFIG_INVALID when there is no evidence in the folder
 *  @source share-rules section 5 */
export async function verifyEvidence({
  folder,
  keys,
  from,
  to,
  anchors,
  shipped,
  onProgress,
}: VerifyOptions): Promise<Verified> {
  const known = knownKeys(keys);
  const present = await listWriters(folder);
  // A chain has a signed head before its first segment.
  const begun = new Set((await listSegments(folder)).map(({ writer }) => writer));
  // Heads before segments: what a head vouches for is on disk by then.
  const heads = new Map(
    await Promise.all(present.map(async (writer) => [writer, await checkHeads(folder, writer, known)] as const)),
  );
  const anchored = await readAnchors({ folder, keys: known, isKnown: buildHeadLookup(heads), ...anchors });
  const writers = [...new Set([...present, ...anchored.files.keys()])].sort();
  if (writers.length === 0) throw new HubError('CONFIG_INVALID', `There is no evidence in ${folder}.`);
  const totalBytes = await sizeOf(folder, await listSegments(folder));
  const seen = { records: 0, bytes: 0 };
  const passed = (records: number, bytes: number) => {
    seen.records += records;
    seen.bytes += bytes;
    onProgress?.({ ...seen, totalBytes: Math.max(totalBytes, seen.bytes) });
  };
  let [segments, records, unsigned] = [0, 0, 0];
  const [findings, unfinished]: [Finding[], string[]] = [[...anchored.findings], []];
  for (const writer of writers) {
    const { finding: badHead, heads: good } = heads.get(writer) ?? { heads: [] };
    if (badHead) findings.push(badHead);
    else if (good.length === 0 && begun.has(writer))
      findings.push({
        kind: 'dropped',
        writer,
        file: headsName(writer),
        seq: 0,
        message: 'the chain has no signed head',
      });
    const signed = good.map(({ seq, hash }): Attestation => ({ seq, hash, source: 'a signed head' }));
    const attestations = [...signed, ...(anchored.files.get(writer) ?? []), ...(shipped?.get(writer) ?? [])];
    const chain = await checkReleased({ folder, writer, attestations, from, to, keys: known }, passed);
    segments += chain.segments;
    records += chain.records;
    unsigned += chain.unsigned;
    if (chain.unfinished) unfinished.push(writer);
    findings.push(...chain.findings);
  }
  const { stored, timeStamps, newest } = anchored;
  const sums = { chains: writers.length, segments, records, unsigned };
  return { ...sums, unfinished, anchored: { stored, timeStamps, newest }, findings };
}

/** Tells heads that were read already. */
function buildHeadLookup(heads: ReadonlyMap<string, CheckedHeads>): (head: Omit<Head, 'time'>) => boolean {
  const known = new Map([...heads].map(([writer, { heads }]) => [writer, new Set(heads.map(headKey))]));
  return (head) => known.get(head.writer)?.has(headKey(head)) ?? false;
}
const headKey = ({ seq, hash }: Pick<Head, 'seq' | 'hash'>): string => `${seq} ${hash}`;

interface ReleasedChain {
  readonly folder: string;
  readonly writer: string;
  readonly attestations: readonly Attestation[];
  readonly from?: number;
  readonly to?: number;
  readonly keys: KnownKeys;
}
type Checked = Omit<CheckedChain, 'finding'> & { readonly segments: number; readonly findings: readonly Finding[] };

/** Checks what a chain still has here. What was released while it was being read is no longer asked for. */
async function checkReleased(asked: ReleasedChain, passed: (records: number, bytes: number) => void): Promise<Checked> {
  const { folder, writer, attestations, from, to, keys } = asked;
  for (let before = -1; ;) {
    const all = (await listSegments(folder)).filter((segment) => segment.writer === writer);
    const { release, fault } = await readRelease(folder, writer, keys);
    const released = release?.seq ?? 0;
    const part = selectChainPart(all, { from, to, released });
    const also: Attestation[] = release ? [{ ...release, source: 'the statement of what was released' }] : [];
    const { finding, ...chain } = await checkChain(
      { folder, writer, ...part, attestations: sortAttestations([...attestations, ...also]) },
      passed,
    );
    if (finding && before < released && (await readRelease(folder, writer)).release?.seq !== release?.seq) {
      before = released;
      continue;
    }
    const findings = finding ? [finding] : [];
    if (fault !== undefined)
      findings.unshift({
        kind: 'altered',
        writer,
        file: releaseName(writer),
        seq: 0,
        message: `the statement of what was released ${fault}`,
      });
    return { ...chain, segments: part.segments.length, findings };
  }
}

async function sizeOf(folder: string, segments: readonly Segment[]): Promise<number> {
  let size = 0;
  for (const { name } of segments)
    size += await stat(join(folder, name)).then(
      (file) => file.size,
      // Removed since it was listed: by a gateway that wrote nothing in it, or because it was shipped.
      () => 0,
    );
  return size;
}
