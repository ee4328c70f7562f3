import type { ComparedSide, PairsRequest } from '../../shared/read-model/compared-pairs.js';

/** Operation that lists a page of records: identifier of the subject, and the item. */
export const listText = ({ listField, subjectField, field }: PairsRequest['driver']): string =>
  `query ($first: Int!, $after: String) { page: ${listField}(first: $first, after: $after) {
    nodes { subject: ${subjectField} value: ${field} } pageInfo { endCursor hasNextPage } } }`;

/** Operation that reads the records of subjects. */
export const recordsText = ({ type, subjectField, field }: ComparedSide): string =>
  `query ($keys: [_Any!]!) { records: _entities(representations: $keys) {
    ... on ${type} { subject: ${subjectField} value: ${field} } } }`;

/** A record as it was read. */
export interface ReadRecord {
  readonly subject: string;
  readonly value: unknown;
}

/** Reads the records of an answer in their places; one that failed is none.
 *  @param path  of the list, as failures name it */
export function readRecords(
  nodes: unknown,
  failed: readonly (readonly (string | number)[])[],
  path: readonly string[],
): readonly (ReadRecord | undefined)[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.map((node: unknown, n) => {
    const { subject, value } = (node ?? {}) as { subject?: unknown; value?: unknown };
    const isLost = failed.some((each) => [...path, n].every((step, at) => each[at] === step));
    return typeof subject === 'string' ? { subject, value: isLost ? undefined : value } : undefined;
  });
}
