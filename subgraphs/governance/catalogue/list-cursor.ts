import type { ZodType } from 'zod';
import { HubError } from '../../../shared/kernel/index.js';

/** Writes a position in a list of the catalogue as a cursor. The entries and departments that it names are open to every
 *  department, and what may be seen behind it is decided anew each time, so it need not be secret.
 *  @param list  name of the list; another list refuses the cursor */
export const encodeCursor = (list: string, position: unknown): string =>
  Buffer.from(JSON.stringify([list, position])).toString('base64url');

/** Reads the position that a cursor names; undefined without a cursor.
 *  @throws HubError BAD_USER_INPUT when it is no cursor of this list */
export function decodeCursor<T>(list: string, position: ZodType<T>, cursor: string | null | undefined): T | undefined {
  if (cursor == null) return undefined;
  const content = parseCursor(cursor);
  const read = Array.isArray(content) && content[0] === list ? position.safeParse(content[1]) : undefined;
  if (read?.success) return read.data;
  throw new HubError('BAD_USER_INPUT', 'The cursor `after` is not one of this list. Start without it.');
}

function parseCursor(cursor: string): unknown {
  if (cursor.length > MOST_CHARACTERS) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const MOST_CHARACTERS = 1_000;

/** @throws HubError BAD_USER_INPUT for a page of another size than 1 to 100 */
export function validatePageSize(first: number): void {
  if (!(first >= 1 && first <= 100)) throw new HubError('BAD_USER_INPUT', '`first` must be from 1 to 100.');
}
