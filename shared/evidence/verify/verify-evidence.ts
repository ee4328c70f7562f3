import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../../kernel/index.js';
import { headsName, listSegments, listWriters, type Segment } from '../evidence-folder.js';
import { knownKeys, type PublicKey } from '../evidence-keys.js';
import { checkChain } from './check-chain.js';
import { checkHeads } from './check-heads.js';
import type { Finding } from './finding.js';

export interface VerifyOptions {
  readonly folder: string;
  /** Every public key of the hub, oldest first. */
  readonly keys: readonly PublicKey[];
  /** Leaves out segments that end before, or begin well after; milliseconds since the epoch. */
  readonly from?: number;
  readonly to?: number;
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
  /** The first fault of each chain and of each file of heads; empty when all is as it was written. */
  readonly findings: readonly Finding[];
}

/** A record is written within this time after the request came, milliseconds; generously. */
const WRITTEN_WITHIN = 3_600_000;

/** Checks evidence as it is on disk, also while it is being written.
 *  @throws HubError CONFIG_INVALID when there is no evidence in the folder
 *  @source share-rules section 5 */
export async function verifyEvidence({ folder, keys, from, to, onProgress }: VerifyOptions): Promise<Verified> {
  const known = knownKeys(keys);
  const writers = await listWriters(folder);
  if (writers.length === 0) throw new HubError('CONFIG_INVALID', `There is no evidence in ${folder}.`);
  // A chain has a signed head before its first segment.
  const begun = new Set((await listSegments(folder)).map(({ writer }) => writer));
  // Heads before segments: what a head vouches for is on disk by then.
  const heads = await Promise.all(writers.map((writer) => checkHeads(folder, writer, known)));
  const all = await listSegments(folder);
  const chains = writers.map((writer) =>
    within(
      all.filter((segment) => segment.writer === writer),
      from,
      to,
    ),
  );
  const seen = { records: 0, bytes: 0 };
  let [records, unsigned] = [0, 0];
  const totalBytes = await sizeOf(
    folder,
    chains.flatMap(({ segments }) => segments),
  );
  const [findings, unfinished]: [Finding[], string[]] = [[], []];
  for (const [i, writer] of writers.entries()) {
    const { finding: badHead, heads: good } = heads[i]!;
    const { segments, first, next } = chains[i]!;
    if (badHead) findings.push(badHead);
    else if (good.length === 0 && begun.has(writer))
      findings.push({ kind: 'dropped', writer, file: headsName(writer), seq: 0, says: 'the chain has no signed head' });
    const chain = await checkChain({ folder, writer, segments, first, next, heads: good }, (more, moreBytes) => {
      seen.records += more;
      seen.bytes += moreBytes;
      onProgress?.({ ...seen, totalBytes });
    });
    records += chain.records;
    unsigned += chain.unsigned;
    if (chain.unfinished) unfinished.push(writer);
    if (chain.finding) findings.push(chain.finding);
  }
  const segments = chains.reduce((sum, chain) => sum + chain.segments.length, 0);
  return { chains: writers.length, segments, records, unsigned, unfinished, findings };
}

interface Part {
  readonly segments: readonly Segment[];
  readonly first: number;
  readonly next?: number;
}

/** The segments of a chain that can hold records of a time, and the numbers between which these must be whole. */
function within(chain: readonly Segment[], from = -Infinity, to = Infinity): Part {
  let begin = 0;
  while (chain[begin + 1] && chain[begin + 1]!.begun < from) begin++;
  let end = begin;
  while (chain[end] && chain[end]!.begun <= to + WRITTEN_WITHIN) end++;
  return { segments: chain.slice(begin, end), first: begin === 0 ? 1 : chain[begin]!.first, next: chain[end]?.first };
}

async function sizeOf(folder: string, segments: readonly Segment[]): Promise<number> {
  let size = 0;
  for (const { name } of segments) size += (await stat(join(folder, name))).size;
  return size;
}
