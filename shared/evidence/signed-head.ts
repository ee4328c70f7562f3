import { sign, verify } from 'node:crypto';
import type { KnownKeys, SigningKey } from './evidence-keys.js';

/** What a writer signs of its chain: up to here it is this long, and its newest record has this hash. */
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

const SIGNATURE = ',"signature":"';

/** A head as it is stored: one line of JSON whose last member signs all bytes before it. */
export function signHead({ writer, number, seq, hash, time }: Head, { id, key }: SigningKey): string {
  const body = JSON.stringify({ writer, number, seq, hash, time, key: id }).slice(0, -1);
  return `${body}${SIGNATURE}${sign(null, Buffer.from(body), key).toString('base64url')}"}\n`;
}

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

/** Whether a line was signed with one of the keys. */
export function isSigned(line: Buffer, keys: KnownKeys): boolean {
  const cut = line.lastIndexOf(SIGNATURE);
  const known = keys.get(readHead(line)?.key ?? '');
  if (cut < 0 || !known) return false;
  const signature = line.toString('latin1', cut + SIGNATURE.length, line.length - 2);
  return (
    line.toString('latin1', cut) === `${SIGNATURE}${signature}"}` &&
    verify(null, line.subarray(0, cut), known.key, Buffer.from(signature, 'base64url'))
  );
}
