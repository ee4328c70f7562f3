import type { FileFormat, LoadMode } from '../../../shared/loading/index.js';
import { findTextProblem } from '../core/text.rule.js';

/** What somebody wants to load. */
export interface Announcement {
  readonly subgraph: string;
  readonly type: string;
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly fileName: string;
  readonly format: FileFormat;
  readonly mode: LoadMode;
  readonly mostRejected: number;
}
export interface AnnouncementProblem {
  readonly code: 'LOAD_MALFORMED' | 'LOAD_TOO_LARGE';
  readonly message: string;
}

/** Largest workbook, bytes: it holds at most 500,000 rows. */
const MOST_WORKBOOK_BYTES = 200_000_000;

/** Checks an announcement by itself.
 *  @param mostBytes  largest file that this hub takes, bytes
 *  @returns          undefined where it can be stored */
export function checkAnnouncement(
  { key, sha256, bytes, fileName, format, mostRejected }: Announcement,
  mostBytes: number,
): AnnouncementProblem | undefined {
  const text = findTextProblem('key', key, { max: 100 }) ?? findTextProblem('fileName', fileName, { max: 200 });
  if (text) return malformed(text);
  if (!/^[0-9a-f]{64}$/.test(sha256)) return malformed('`sha256` must be 64 hexadecimal digits, in small letters.');
  if (!Number.isSafeInteger(bytes) || bytes < 1)
    return malformed('`bytes` must be the size of the file; it is not empty.');
  if (!Number.isInteger(mostRejected) || mostRejected < 0 || mostRejected > 100)
    return malformed('`mostRejected` must be a share of the rows, 0 to 100 percent.');
  const limit = format === 'XLSX' ? Math.min(mostBytes, MOST_WORKBOOK_BYTES) : mostBytes;
  return bytes <= limit
    ? undefined
    : {
        code: 'LOAD_TOO_LARGE',
        message: `The file has ${bytes} bytes; at most ${limit} are taken${format === 'XLSX' ? ' of a workbook. Save it as CSV' : '. Load it in parts'}.`,
      };
}

const malformed = (message: string): AnnouncementProblem => ({ code: 'LOAD_MALFORMED', message });
