import { HubError } from '../../../shared/kernel/index.js';

/** Where an entry of evidence stands in a list, newest first. */
export interface Place {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly position: number;
}

/** A cursor names the last entry that was shown and nothing else: what may be seen behind it is decided anew each time,
 *  so one that was made up shows nothing more. */
export const cursorOf = ({ at, position }: Place): string => Buffer.from(`e1.${at}.${position}`).toString('base64url');

/** @throws HubError BAD_USER_INPUT when it is none */
export function placeOfCursor(cursor: string): Place {
  const text = cursor.length > 80 ? '' : Buffer.from(cursor, 'base64url').toString('latin1');
  const [, at, position] = /^e1\.(\d{1,15})\.(\d{1,16})$/.exec(text) ?? [];
  const place = { at: Number(at), position: Number(position) };
  if (Number.isSafeInteger(place.position) && place.at <= LAST_INSTANT && cursorOf(place) === cursor) return place;
  throw new HubError('BAD_USER_INPUT', 'The cursor `after` is not one of this list. Start without it.');
}

/** Last instant that both sides can write, milliseconds. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);
