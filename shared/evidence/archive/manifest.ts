import { z } from 'zod';
import { parseJson } from '../../files/parse-json.js';
import { PUBLIC_KEY, type KnownKeys } from '../keys/evidence-keys.js';
import { isSigned } from '../keys/signed-line.js';
import type { SequenceRange } from './sequence-range.js';

const HASH = z.string();
const COUNT = z.int().nonnegative();
const ARCHIVED_CHAIN = z.object({
  writer: z.string(),
  first: COUNT,
  prev: HASH,
  last: COUNT,
  hash: HASH,
  home: z.enum(['folder', 'database', 'governance']),
}) satisfies z.ZodType<SequenceRange>;
export type ArchivedChain = Readonly<z.output<typeof ARCHIVED_CHAIN>>;

const MANIFEST = z.object({
  /** `archive` while the records are in the file, `expired` when they were deleted by rule. */
  kind: z.enum(['archive', 'expired']),
  /** YYYY-MM */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** Name of the file, its size in bytes, and its SHA-256, hex. */
  file: z.string(),
  bytes: COUNT,
  sha256: z.string(),
  records: COUNT,
  /** Positions of its records, first and last of each row of them. */
  positions: z.array(z.tuple([z.int(), z.int()]).readonly()).readonly(),
  chains: z.array(ARCHIVED_CHAIN).readonly(),
  /** Of each chain the newest signed head that is in the month, and the first behind it, as their lines. */
  heads: z.array(z.string()).readonly(),
  /** Records of graphs that came into force in the month; later months name them. */
  graphs: z.array(z.object({ position: z.int(), line: z.string() })).readonly(),
  publicKeys: z.array(PUBLIC_KEY).readonly(),
  /** ISO 8601 instant of archiving. */
  time: z.string(),
  /** Time and provisions of its deletion. */
  expired: z.object({ time: z.string(), basis: z.array(z.string()).readonly() }).optional(),
  /** Id of the key that signed this. */
  key: z.string(),
});
/** Signed summary of a month that left `evidence.record`. It stands in the records' place, also when they
 *  were deleted after their retention. */
export type Manifest = Readonly<z.output<typeof MANIFEST>>;
export type ManifestFault =
  'cannot be read' | 'names a key that is not among the known keys' | 'does not fit its signature';

export const manifestName = (month: string): string => `${month}.manifest.json`;
export const archiveName = (month: string): string => `${month}.ndjson.gz`;

/** @param line  with or without its line end */
export function readManifest(line: Buffer, keys: KnownKeys): { manifest: Manifest } | { fault: ManifestFault } {
  const bytes = line.at(-1) === 10 ? line.subarray(0, -1) : line;
  const manifest = parseJson(MANIFEST, bytes);
  if (!manifest) return { fault: 'cannot be read' };
  if (!keys.has(manifest.key)) return { fault: 'names a key that is not among the known keys' };
  return isSigned(bytes, keys) ? { manifest } : { fault: 'does not fit its signature' };
}
