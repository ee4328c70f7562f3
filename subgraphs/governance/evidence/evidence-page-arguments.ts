import { ArgsType, Field, Int } from 'type-graphql';
import {
  mapConnection,
  requirePageSize,
  toConnection,
  type Connection,
  type SealedList,
} from '../../../shared/subgraph/index.js';
import { readPosition, writePosition, type ListPosition } from './evidence-cursor.js';

const MAX_PAGE_SIZE = 1_000;

/** Arguments of every list of evidence. Pages are larger than elsewhere, since evidence is also exported. */
@ArgsType()
export class EvidencePageArguments {
  @Field(() => Int, { description: `1 to ${MAX_PAGE_SIZE}.` })
  first: number = 20;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the entry that the page starts after, e.g. `endCursor` of the page before.',
  })
  after?: string | null;
}

/** An entry with its position in the list. */
export interface ListEntry<T> extends ListPosition {
  readonly node: T;
}
export interface PageRequest {
  /** One more than the page shows, to learn whether there is a next page. */
  readonly limit: number;
  readonly after?: ListPosition;
}

/** @throws HubError BAD_USER_INPUT */
export function toPageRequest(page: EvidencePageArguments, list: SealedList): PageRequest {
  const { first, after } = list.open(page);
  requirePageSize(first, MAX_PAGE_SIZE);
  return { limit: first + 1, ...(after != null && { after: readPosition(after) }) };
}

/** @param entries  newest first; one more than `first` where there is a next page */
export function toEvidenceConnection<T>(
  entries: readonly ListEntry<T>[],
  { first, after }: EvidencePageArguments,
  list: SealedList,
): Connection<T> {
  return list.seal(mapConnection(toConnection(entries, { first, after, cursorOf: writePosition }), ({ node }) => node));
}
