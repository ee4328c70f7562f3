import { HubError } from '../kernel/index.js';

/** Condition "starts with", index-backed. */
export const startsWith = (prefix: string): { $like: string } => ({ $like: `${prefix.replace(/[\\%_]/g, '\\$&')}%` });

/** Condition "lies in this division", given its code.
 *  @throws HubError BAD_USER_INPUT when it is no division code */
export function inDivision(code: string): { $like: string } {
  if (!/^(\d{2}|\d{4}|\d{6}|\d{9})$/.test(code))
    throw new HubError('BAD_USER_INPUT', '`division` must be a division code of 2, 4, 6 or 9 digits.');
  return { $like: `${code}%` };
}

/** The one item that an order argument names; undefined when it names none.
 *  @throws HubError BAD_USER_INPUT when it names several */
export function parseOrder(
  order: object | null | undefined,
): { property: string; direction: 'asc' | 'desc' } | undefined {
  const given = Object.entries(order ?? {}).filter(([, direction]) => direction != null);
  if (given.length > 1) throw new HubError('BAD_USER_INPUT', '`order` must name one item.');
  const [property, direction] = given[0] ?? [];
  return property === undefined ? undefined : { property, direction: direction as 'asc' | 'desc' };
}

/** Order of a list that is cut to a division: along the index that finds it, so that a page of a province costs no more
 *  than one of a township. Undefined, the order of the primary key, where no division is given.
 *  @param property  holds the division code of a row */
export const orderByDivision = (
  division: string | null | undefined,
  property = 'divisionCode',
): { property: string; direction: 'asc' } | undefined =>
  division == null ? undefined : { property, direction: 'asc' };
