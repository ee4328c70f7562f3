import type { Coordinate } from '../../../shared/kernel/index.js';

const COORDINATE = /^[_A-Za-z]\w*\.[_A-Za-z]\w*(\([_A-Za-z]\w*:\))?$/;
const MOST_COORDINATES = 500;
const LONGEST_TEXT = 500;

/** Terms of a grant that is to be made. */
interface GrantTerms {
  readonly coordinates: readonly Coordinate[];
  readonly rows?: readonly string[];
  readonly quotaPerDay?: number;
  readonly masks?: readonly { readonly coordinate: Coordinate }[];
  readonly coordination?: string;
}

/** Checks the terms of a grant, whoever it is for.
 *  @returns every problem found, as sentences; none where it can be granted
 *  @source QZ-2.2g (scenario), QZ-8.2d; share-rules section 2 (rows, quota, masks) */
export function validateGrant(input: GrantTerms, from: Date, until: Date): string[] {
  const problems: string[] = [];
  if (input.coordinates.length === 0) problems.push('Name at least one item in `coordinates`.');
  if (input.coordinates.length > MOST_COORDINATES)
    problems.push(`Name at most ${MOST_COORDINATES} items in one grant.`);
  for (const coordinate of input.coordinates.filter((at) => !COORDINATE.test(at)).slice(0, 5))
    problems.push(`"${coordinate.slice(0, 80)}" is no schema coordinate; write Type.field.`);
  if (!(from < until)) problems.push('`until` must be later than `from`.');
  if (input.rows?.length === 0) problems.push('`rows` names no division; leave it out for all rows.');
  for (const prefix of input.rows ?? [])
    if (!/^\d{2,12}$/.test(prefix))
      problems.push(`"${prefix.slice(0, 20)}" is no division code prefix (2 to 12 digits).`);
  if (input.quotaPerDay !== undefined && input.quotaPerDay < 1) problems.push('`quotaPerDay` must be at least 1.');
  for (const { coordinate } of input.masks ?? [])
    if (!input.coordinates.includes(coordinate)) problems.push(`"${coordinate}" is masked but not granted.`);
  if ((input.coordination?.length ?? 0) > LONGEST_TEXT)
    problems.push(`\`coordination\` is longer than ${LONGEST_TEXT} characters.`);
  return problems;
}
