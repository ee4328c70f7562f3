import type { Text } from '../../../shared/kernel/index.js';
import type { FileFormat, LoadMode } from '../../../shared/loading/index.js';
import { findTextProblem } from '../core/text.rule.js';
import { say } from './messages/index.js';

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
  readonly message: Text;
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
  if (!/^[0-9a-f]{64}$/.test(sha256)) return malformed(say('load.sha256'));
  if (!Number.isSafeInteger(bytes) || bytes < 1) return malformed(say('load.bytes'));
  if (!Number.isInteger(mostRejected) || mostRejected < 0 || mostRejected > 100)
    return malformed(say('load.mostRejected'));
  const limit = format === 'XLSX' ? Math.min(mostBytes, MOST_WORKBOOK_BYTES) : mostBytes;
  return bytes <= limit
    ? undefined
    : {
        code: 'LOAD_TOO_LARGE',
        message: say('load.large', {
          bytes,
          limit,
          advice: format === 'XLSX' ? say('load.largeWorkbook') : say('load.inParts'),
        }),
      };
}

const malformed = (message: Text): AnnouncementProblem => ({ code: 'LOAD_MALFORMED', message });
