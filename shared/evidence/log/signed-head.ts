import type { SigningKey } from '../keys/evidence-keys.js';
import { signLine } from '../keys/signed-line.js';

/** Signed statement of a writer about its chain: its length, and the hash of its newest record. */
export interface Head {
  readonly writer: string;
  /** Number of this head among the writer's, from 1. */
  readonly number: number;
  /** Number of the newest record; 0 before the first. */
  readonly seq: number;
  readonly hash: string;
  /** ISO 8601 instant of signing. */
  readonly time: string;
}
export type SignedHead = Head & { readonly key: string };

/** A head as it is stored: one line of JSON whose last member signs all bytes before it. */
export const signHead = ({ writer, number, seq, hash, time }: Head, key: SigningKey): string =>
  signLine({ writer, number, seq, hash, time }, key);

/** The head of a stored line, whoever signed it; undefined when it has not the form of one. */
export function readHead(line: Buffer): SignedHead | undefined {
  try {
    const head = JSON.parse(line.toString()) as SignedHead;
    return Number.isInteger(head.number) && Number.isInteger(head.seq) && typeof head.hash === 'string'
      ? head
      : undefined;
  } catch {
    return undefined;
  }
}
