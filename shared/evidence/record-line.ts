import { hash } from 'node:crypto';
import type { EvidenceEvent } from './evidence-event.js';

/** The position of a record: its writer's chain, its number there from 1, the hash of the record before it ('' at first). */
export interface ChainPosition {
  readonly writer: string;
  readonly seq: number;
  readonly prev: string;
}
export const isSameChainPosition = (a: ChainPosition, b: ChainPosition): boolean =>
  a.writer === b.writer && a.seq === b.seq && a.prev === b.prev;
export type StoredRecord = EvidenceEvent & ChainPosition & { readonly hash: string };

/** The first members of a record's line, as text. */
export const lineStart = ({ writer, seq, prev }: ChainPosition): string =>
  `{"writer":"${writer}","seq":${seq},"prev":"${prev}",`;

/** A record as it is stored: one line of JSON whose last member is the SHA-256, base64url, of all bytes before it. */
export function writeLine(
  position: ChainPosition,
  event: EvidenceEvent,
): { readonly line: string; readonly hash: string } {
  const body = lineStart(position) + JSON.stringify(event).slice(1, -1);
  const digest = hash('sha256', body, 'base64url');
  return { line: `${body}${HASH}${digest}"}\n`, hash: digest };
}

const HASH = ',"hash":"';
/** Bytes of a line behind its body: the hash and what stands around it. */
const END = HASH.length + 43 + 2;
const START = /^\{"writer":"([0-9a-f]{12})","seq":(\d{1,15}),"prev":"([\w-]{43}|)",/;

/** True for a line that has the form of a record, altered or not; false for one that a crash has torn. */
export function isWhole(line: Buffer): boolean {
  const cut = line.length - END;
  return cut > 0 && line[0] === 0x7b && line.toString('latin1', cut, cut + HASH.length) === HASH && endsWell(line);
}
const endsWell = (line: Buffer): boolean => line.toString('latin1', line.length - 2) === '"}';

/** The hash that a line's bytes give, when it is the one that the line states. */
export function hashOf(line: Buffer): string | undefined {
  const cut = line.length - END;
  if (cut <= 0) return undefined;
  const digest = hash('sha256', line.subarray(0, cut), 'base64url');
  return line.toString('latin1', cut) === `${HASH}${digest}"}` ? digest : undefined;
}

/** The position that a line states for itself; undefined when it does not begin like a record. */
export function readChainPosition(line: Buffer): ChainPosition | undefined {
  const [, writer, seq, prev] = START.exec(line.toString('latin1', 0, 128)) ?? [];
  return writer === undefined ? undefined : { writer, seq: Number(seq), prev: prev! };
}

/** The record of a stored line; undefined when the line is torn or altered. */
export function readRecord(line: Buffer): StoredRecord | undefined {
  return hashOf(line) === undefined || !readChainPosition(line)
    ? undefined
    : (JSON.parse(line.toString()) as StoredRecord);
}
