import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../files/parse-json.js';
import { writeWhole } from '../../files/write-whole.js';
import { releaseName } from './evidence-folder.js';
import type { KnownKeys, SigningKey } from '../keys/evidence-keys.js';
import { isSigned, signLine } from '../keys/signed-line.js';

const RELEASE = z.object({
  kind: z.literal('release'),
  writer: z.string(),
  /** Number and hash of the newest record that is kept in PostgreSQL. */
  seq: z.int().positive(),
  hash: z.string(),
  /** ISO 8601 instant of signing. */
  time: z.string(),
  /** Id of the key. */
  key: z.string(),
});
/** A signed statement that a chain's records up to one are kept in PostgreSQL, so that their segments may go. */
export type Release = Readonly<z.output<typeof RELEASE>>;
export interface FoundRelease {
  readonly release?: Release;
  /** Why the statement counts for nothing. */
  readonly fault?: string;
}

/** States what may go, before it goes: the newest record that PostgreSQL has committed, and all before it. It is on stable
 *  storage when this resolves. */
export async function writeRelease(
  folder: string,
  { writer, seq, hash }: Pick<Release, 'writer' | 'seq' | 'hash'>,
  key: SigningKey,
): Promise<void> {
  const statement = { kind: 'release', writer, seq, hash, time: new Date().toISOString() };
  await writeWhole(join(folder, releaseName(writer)), signLine(statement, key));
}

/** Reads the released part of a chain.
 *  @param keys  with which the signature is checked; whoever only goes on with a chain leaves that to `verify` */
export async function readRelease(folder: string, writer: string, keys?: KnownKeys): Promise<FoundRelease> {
  const text = await readFile(join(folder, releaseName(writer))).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (!text) return {};
  const line = text.at(-1) === 10 ? text.subarray(0, -1) : text;
  const release = parseJson(RELEASE, line);
  if (!release) return { fault: 'cannot be read' };
  if (release.writer !== writer) return { fault: 'belongs to another chain' };
  if (keys && !keys.has(release.key)) return { fault: `names key ${release.key}, which is not among the known keys` };
  if (keys && !isSigned(line, keys)) return { fault: 'does not fit its signature' };
  return { release };
}
