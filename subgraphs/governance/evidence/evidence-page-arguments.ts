import { ArgsType, Field, Int } from 'type-graphql';
import { HubError } from '../../../shared/kernel/index.js';
import { cursorOf, placeOfCursor, type Place } from './cursor.js';

const MOST = 1_000;

/** Arguments of every list of evidence: how many, and from where. */
@ArgsType()
export class EvidencePageArguments {
  @Field(() => Int, { description: `1 to ${MOST}.` })
  first: number = 20;

  @Field(() => String, { nullable: true, description: 'Cursor of the page before, as `next` gave it.' })
  after?: string | null;
}

/** What a page asks for: one more than it shows, so that it knows whether there are more.
 *  @throws HubError BAD_USER_INPUT */
export function pageRequest({ first, after }: EvidencePageArguments): { limit: number; after?: Place } {
  if (!(first >= 1 && first <= MOST)) throw new HubError('BAD_USER_INPUT', `\`first\` must be from 1 to ${MOST}.`);
  return { limit: first + 1, ...(after != null && { after: placeOfCursor(after) }) };
}

/** The entries that a page shows, and the cursor of the next. */
export function pageOf<T extends Place>(found: readonly T[], limit: number): { shown: readonly T[]; next?: string } {
  const shown = found.slice(0, limit - 1);
  const last = shown.at(-1);
  return { shown, ...(found.length >= limit && last && { next: cursorOf(last) }) };
}
