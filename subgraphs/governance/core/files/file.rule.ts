import type { Text } from '../../../../shared/kernel/index.js';
import { findTextProblem } from '../text.rule.js';
import { say } from '../messages/index.js';

/** First bytes of the kinds of files that are taken. */
const SIGNATURES = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const;
export type MediaType = keyof typeof SIGNATURES;

export const FILE_STATES = {
  ANNOUNCED: '待上传',
  STORED: '已保存',
  REFUSED: '内容不符',
  EXPIRED: '逾期未上传',
  REMOVED: '已清除',
} as const;
export type FileState = keyof typeof FILE_STATES;

/** Most files of one department in one case. */
export const MOST_FILES = 10;
/** Largest file, bytes. */
export const MOST_FILE_BYTES = 10_000_000;
/** Bytes of a file that its kind is known by. */
export const SIGNATURE_BYTES = 8;

export interface FileAnnouncement {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Checks an announcement by itself.
 *  @returns a sentence; undefined where it can be stored */
export function findFileProblem({ fileName, mediaType, bytes, sha256 }: FileAnnouncement): Text | undefined {
  const text = findTextProblem('fileName', fileName, { max: 200 });
  if (text) return text;
  if (!isMediaType(mediaType)) return say('file.mediaType', { types: Object.keys(SIGNATURES).join(', ') });
  if (!/^[0-9a-f]{64}$/.test(sha256)) return say('file.sha256');
  return Number.isSafeInteger(bytes) && bytes >= 1 && bytes <= MOST_FILE_BYTES
    ? undefined
    : say('file.bytes', { most: MOST_FILE_BYTES });
}

export const isMediaType = (text: string): text is MediaType => Object.hasOwn(SIGNATURES, text);

/** True for content that begins as its kind of file does. */
export const beginsAs = (mediaType: MediaType, start: Uint8Array): boolean =>
  SIGNATURES[mediaType].every((byte, at) => start[at] === byte);
