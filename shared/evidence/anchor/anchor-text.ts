import { hash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../files/parse-json.js';
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
const ANCHOR_LINE = z.object({
  /** Time stated by the authority, ISO 8601. */
  time: z.string(),
  /** Text that the time-stamp covers. */
  text: z.string(),
  /** TimeStampToken of RFC 3161, DER, base64. */
  token: z.string(),
});
/** One line of the file of anchors. */
export type AnchorLine = Readonly<z.output<typeof ANCHOR_LINE>>;
/** First line of an anchor's text; `database` names the writers whose chains are written in the database. */
const FIRST_LINE = z.object({ anchor: z.number(), prev: z.string(), database: z.array(z.string()) });

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
  const about = parseJson(FIRST_LINE, first);
  const heads = lines.map((line) => anchoredHead(line)).filter((head) => head !== undefined);
  if (!about || heads.length < lines.length) return undefined;
  const { anchor: number, prev, database } = about;
  return { number, prev, heads: heads.map((head) => ({ ...head, inDatabase: database.includes(head.writer) })) };
}

/** @returns  undefined when the line is no head */
export function anchoredHead(line: string, inDatabase = false): AnchoredHead | undefined {
  const head = readHead(Buffer.from(line));
  return head && { ...head, line, inDatabase };
}

/** @returns  undefined when it is no such line */
export const readAnchorLine = (line: Buffer): AnchorLine | undefined => parseJson(ANCHOR_LINE, line);
