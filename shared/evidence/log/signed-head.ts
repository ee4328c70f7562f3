import { z } from 'zod';
import { parseJson } from '../../files/parse-json.js';
import type { SigningKey } from '../keys/evidence-keys.js';
import { signLine } from '../keys/signed-line.js';

const SIGNED_HEAD = z.object({
  writer: z.string(),
  /** Number of this head among the writer's, from 1. */
  number: z.int(),
  /** Number of the newest record; 0 before the first. */
  seq: z.int(),
  hash: z.string(),
  /** ISO 8601 instant of signing. */
  time: z.string(),
  /** Id of the key. */
  key: z.string(),
});
/** Signed statement of a writer about its chain: its length, and the hash of its newest record. */
export type SignedHead = Readonly<z.output<typeof SIGNED_HEAD>>;
export type Head = Omit<SignedHead, 'key'>;

/** A head as it is stored: one line of JSON whose last member signs all bytes before it. */
export const signHead = ({ writer, number, seq, hash, time }: Head, key: SigningKey): string =>
  signLine({ writer, number, seq, hash, time }, key);

/** The head of a stored line, whoever signed it; undefined when it has not the form of one. */
export const readHead = (line: Buffer): SignedHead | undefined => parseJson(SIGNED_HEAD, line);
