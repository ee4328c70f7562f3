import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folder of a hub's evidence. Each writer has its own chain there: numbered segments, a file of signed heads, and a
 *  file that the process holds which writes them. */
export const evidenceFolder = (dataDir: string): string => join(dataDir, 'evidence');

/** One file of a writer's chain. */
export interface Segment {
  readonly name: string;
  readonly writer: string;
  /** Number of its first record. */
  readonly first: number;
  /** Time of its first record, milliseconds since the epoch. */
  readonly begun: number;
}

const SEGMENT = /^([0-9a-f]{12})-(\d{15})-(\d{1,15})\.ndjson$/;
const WRITER = /^([0-9a-f]{12})(?:\.lock|\.release\.json|\.heads\.ndjson|-\d{15}-\d{1,15}\.ndjson)$/;

export const segmentName = (writer: string, first: number, begun: number): string =>
  `${writer}-${String(first).padStart(15, '0')}-${begun}.ndjson`;
export const headsName = (writer: string): string => `${writer}.heads.ndjson`;
/** In a second store: heads of a chain that is written in the database. */
export const databaseHeadsName = (writer: string): string => `${writer}.database-heads.ndjson`;
/** Part of a chain that may be removed because PostgreSQL has it. */
export const releaseName = (writer: string): string => `${writer}.release.json`;
export const lockName = (writer: string): string => `${writer}.lock`;
/** Last record of a chain on stable storage, for the shipper. */
export const durableName = (writer: string): string => `${writer}.durable`;
/** Last record of a chain that was shipped, for the gateway's figures. */
export const shippedName = (writer: string): string => `${writer}.shipped`;

/** @returns  every segment, chain by chain, in the order of their records; none when there is no such folder */
export async function listSegments(folder: string): Promise<Segment[]> {
  const found: Segment[] = [];
  for (const name of await namesIn(folder)) {
    const [, writer, first, begun] = SEGMENT.exec(name) ?? [];
    if (writer !== undefined) found.push({ name, writer, first: Number(first), begun: Number(begun) });
  }
  return found.sort((a, b) => compare(a.writer, b.writer) || a.first - b.first || a.begun - b.begun);
}

/** Everybody who has left something in the folder. */
export async function listWriters(folder: string): Promise<string[]> {
  const writers = new Set((await namesIn(folder)).map((name) => WRITER.exec(name)?.[1]));
  return [...writers].filter((writer) => writer !== undefined).sort();
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
