import type { KnownKeys, PublicKey } from '../keys/evidence-keys.js';
import { isSigned } from '../keys/signed-line.js';
import type { SequenceRange } from './sequence-range.js';

export interface ArchivedChain extends SequenceRange {
  readonly home: 'folder' | 'database' | 'governance';
}
/** Signed summary of a month that left `evidence.record`. It stands in the records' place, also when they
 *  were deleted after their retention. */
export interface Manifest {
  /** `archive` while the records are in the file, `expired` when they were deleted by rule. */
  readonly kind: 'archive' | 'expired';
  /** YYYY-MM */
  readonly month: string;
  /** Name of the file, its size in bytes, and its SHA-256, hex. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
  /** Positions of its records, first and last of each row of them. */
  readonly positions: readonly (readonly [first: number, last: number])[];
  readonly chains: readonly ArchivedChain[];
  /** Of each chain the newest signed head that is in the month, and the first behind it, as their lines. */
  readonly heads: readonly string[];
  /** Records of graphs that came into force in the month; later months name them. */
  readonly graphs: readonly { readonly position: number; readonly line: string }[];
  readonly publicKeys: readonly PublicKey[];
  /** ISO 8601 instant of archiving. */
  readonly time: string;
  /** Time and provisions of its deletion. */
  readonly expired?: { readonly time: string; readonly basis: readonly string[] };
  /** Id of the key that signed this. */
  readonly key: string;
}
export type ManifestFault =
  'cannot be read' | 'names a key that is not among the known keys' | 'does not fit its signature';

export const manifestName = (month: string): string => `${month}.manifest.json`;
export const archiveName = (month: string): string => `${month}.ndjson.gz`;

/** @param line  with or without its line end */
export function readManifest(line: Buffer, keys: KnownKeys): { manifest: Manifest } | { fault: ManifestFault } {
  const bytes = line.at(-1) === 10 ? line.subarray(0, -1) : line;
  const manifest = parse(bytes);
  if (!manifest) return { fault: 'cannot be read' };
  if (!keys.has(manifest.key)) return { fault: 'names a key that is not among the known keys' };
  return isSigned(bytes, keys) ? { manifest } : { fault: 'does not fit its signature' };
}

function parse(bytes: Buffer): Manifest | undefined {
  try {
    const found = JSON.parse(bytes.toString()) as Partial<Manifest>;
    const is = (found.kind === 'archive' || found.kind === 'expired') && /^\d{4}-\d{2}$/.test(found.month ?? '');
    return is && Array.isArray(found.chains) && Array.isArray(found.positions) ? (found as Manifest) : undefined;
  } catch {
    return undefined;
  }
}
