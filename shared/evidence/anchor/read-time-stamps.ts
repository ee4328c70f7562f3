import type { FaultKind, Finding } from '../verify/finding.js';
import { readLines } from '../log/read-lines.js';
import { anchorsFile, hashOfLine, readAnchorLine, readAnchorText, type AnchoredHead } from './anchor-text.js';
import { checkTimeStamp, type TimeStamp, TimeStampError } from './check-time-stamp.js';

export interface StampsToRead {
  readonly folder: string;
  /** The second store. */
  readonly copy?: string;
  /** Certificates that are trusted, PEM. */
  readonly roots?: readonly string[];
}
export interface FoundStamp {
  /** A good time-stamp and the heads that it covers. */
  readonly stamp?: TimeStamp;
  readonly heads: readonly AnchoredHead[];
  /** Fault of this anchor, or of its position. */
  readonly finding?: Finding;
}
/** Location of a finding about an anchor; the anchor's number takes the place of the record's. */
export const ANCHOR = { writer: 'anchors', file: 'anchors.ndjson' } as const;

/** The anchors of a folder one by one, each checked by itself and against its copy in the second store, which counts where
 *  the two differ. */
export async function* readTimeStamps({ folder, copy, roots }: StampsToRead): AsyncGenerator<FoundStamp> {
  const [own, other] = [wholeLines(anchorsFile(folder)), copy === undefined ? NONE : wholeLines(anchorsFile(copy))];
  let prev = '';
  for (let number = 1; ; number++) {
    // The copy first: what it has was here before.
    const copied = (await other.next()).value;
    const found = (await own.next()).value;
    const line = copied ?? found;
    if (!line) return;
    const said = await read(line, number, prev, roots);
    prev = hashOfLine(line);
    const bad = (kind: FaultKind, message: string) => ({ ...ANCHOR, kind, seq: number, message });
    if (!found) yield { ...said, finding: bad('truncated', `anchor ${number} stands in the second store only`) };
    else if (!found.equals(line))
      yield { ...said, finding: bad('altered', `anchor ${number} is another in the second store`) };
    else yield said;
  }
}

async function read(line: Buffer, number: number, prev: string, roots?: readonly string[]): Promise<FoundStamp> {
  const bad = (kind: FaultKind, message: string) => ({ heads: [], finding: { ...ANCHOR, kind, seq: number, message } });
  const anchor = readAnchorLine(line);
  const text = anchor && readAnchorText(anchor.text);
  if (!text) return bad('altered', `anchor ${number} cannot be read`);
  try {
    const stamp = await checkTimeStamp({ token: Buffer.from(anchor.token, 'base64'), text: anchor.text, roots });
    if (text.number === number && text.prev === prev) return { stamp, heads: text.heads };
    const { finding } = bad(
      text.number > number ? 'dropped' : 'inserted',
      `anchor ${text.number} stands there as number ${number}`,
    );
    const replaced = {
      ...finding,
      kind: 'altered' as const,
      message: `anchor ${number - 1} is not the one that anchor ${number} follows`,
    };
    return { stamp, heads: text.heads, finding: text.number === number ? replaced : finding };
  } catch (error) {
    if (!(error instanceof TimeStampError)) throw error;
    return bad('altered', `the time-stamp of anchor ${number} is not good: ${error.message}`);
  }
}

async function* wholeLines(path: string): AsyncGenerator<Buffer, undefined> {
  for await (const { bytes, ended } of readLines(path)) {
    if (!ended) return undefined;
    yield Buffer.from(bytes);
  }
  return undefined;
}
const NONE = { next: async (): Promise<{ value: undefined }> => ({ value: undefined }) };
