/** Position of an entry in a list of evidence, which is sorted newest first. */
export interface ListPosition {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly position: number;
}

/** Writes the position of the last entry shown, to be sealed as a cursor. The reader's rights are applied anew on each
 *  page. */
export const writePosition = ({ at, position }: ListPosition): string => `${at}.${position}`;

/** Reads a position that one of these lists has written and sealed. */
export function readPosition(text: string): ListPosition {
  const [at, position] = text.split('.').map(Number);
  return { at: at!, position: position! };
}

export const newestFirst = (a: ListPosition, b: ListPosition): number => b.at - a.at || b.position - a.position;
