import { HubError } from '../../../shared/kernel/index.js';

/** Position of an entry in a list of evidence, which is sorted newest first. */
export interface ListPosition {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly position: number;
}

/** A cursor holds the position of the last entry shown and nothing else. The reader's rights are applied anew on each
 *  page, so a forged cursor shows nothing more. */
export const writeCursor = ({ at, position }: ListPosition): string =>
  Buffer.from(`e1.${at}.${position}`).toString('base64url');

/** @throws HubError BAD_USER_INPUT when it is no cursor of these lists */
export function readCursor(cursor: string): ListPosition {
  const text = cursor.length > 80 ? '' : Buffer.from(cursor, 'base64url').toString('latin1');
  const [, at, position] = /^e1\.(\d{1,15})\.(\d{1,16})$/.exec(text) ?? [];
  const found = { at: Number(at), position: Number(position) };
  if (Number.isSafeInteger(found.position) && found.at <= LAST_INSTANT && writeCursor(found) === cursor) return found;
  throw new HubError('BAD_USER_INPUT', 'The cursor `after` is not one of this list. Start without it.');
}

/** Last instant that both JavaScript and PostgreSQL can write, milliseconds. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);

export const newestFirst = (a: ListPosition, b: ListPosition): number => b.at - a.at || b.position - a.position;
