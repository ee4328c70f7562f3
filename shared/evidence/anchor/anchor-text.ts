import { hash } from 'node:crypto';
import { join } from 'node:path';
import { readHead, type SignedHead } from '../log/signed-head.js';

/** The heads that one time-stamp covers. */
export interface AnchorText {
  /** Number of the anchor, from 1. */
  readonly number: number;
  /** SHA-256, base64url, of the line of the anchor before it; '' for the first. */
  readonly prev: string;
  readonly heads: readonly AnchoredHead[];
}
export interface AnchoredHead extends SignedHead {
  /** The head as it was signed, without its line end. */
  readonly line: string;
  /** True if its chain is written in the database rather than in files. */
  readonly inDatabase: boolean;
}
/** One line of the file of anchors. */
export interface AnchorLine {
  /** Time stated by the authority, ISO 8601. */
  readonly time: string;
  /** Text that the time-stamp covers. */
  readonly text: string;
  /** TimeStampToken of RFC 3161, DER, base64. */
  readonly token: string;
}

export const anchorsFile = (folder: string): string => join(folder, 'anchors.ndjson');
export const hashOfLine = (line: Buffer): string => hash('sha256', line, 'base64url');

/** The text of an anchor: a line about it, then the newest head of every chain as it was signed, by writer. */
export function anchorText(number: number, prev: string, heads: readonly AnchoredHead[]): string {
  const sorted = [...heads].sort((a, b) => (a.writer < b.writer ? -1 : 1));
  const database = sorted.filter(({ inDatabase }) => inDatabase).map(({ writer }) => writer);
  const lines = [JSON.stringify({ anchor: number, prev, database }), ...sorted.map(({ line }) => line)];
  return lines.map((line) => `${line}\n`).join('');
}

/** The heads of an anchor's text; two texts agree in them if nothing was written in between. */
export const headsIn = (text: string): string => text.slice(text.indexOf('\n') + 1);

/** @returns  undefined when it is no such text */
export function readAnchorText(text: string): AnchorText | undefined {
  const [first = '', ...lines] = text.split('\n');
  if (lines.pop() !== '') return undefined;
  try {
    const { anchor: number, prev, database } = JSON.parse(first) as Record<string, unknown>;
    if (typeof number !== 'number' || typeof prev !== 'string' || !Array.isArray(database)) return undefined;
    const heads = lines.map((line) => anchoredHead(line, undefined));
    if (heads.some((head) => head === undefined)) return undefined;
    const own = heads.map((head) => ({ ...head!, inDatabase: database.includes(head!.writer) }));
    return { number, prev, heads: own };
  } catch {
    return undefined;
  }
}

/** @returns  undefined when the line is no head */
export function anchoredHead(line: string, inDatabase = false): AnchoredHead | undefined {
  const head = readHead(Buffer.from(line));
  return head && { ...head, line, inDatabase };
}

/** @returns  undefined when it is no such line */
export function readAnchorLine(line: Buffer): AnchorLine | undefined {
  try {
    const { time, text, token } = JSON.parse(line.toString()) as Partial<AnchorLine>;
    const isOne = typeof time === 'string' && typeof text === 'string' && typeof token === 'string';
    return isOne ? { time, text, token } : undefined;
  } catch {
    return undefined;
  }
}
