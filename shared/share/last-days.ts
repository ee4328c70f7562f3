import { Kind, parse, type ConstDirectiveNode } from 'graphql';
import { coordinate, type Coordinate } from '../kernel/index.js';

/** Until when a deprecated item is promised. */
export interface PromisedItem {
  readonly coordinate: Coordinate;
  /** Last day, YYYY-MM-DD. */
  readonly until: string;
}

const DAY_MS = 86_400_000;

/** The last day that a deprecation promises, YYYY-MM-DD: the latest that its reason names, since it may tell of a day on which the end was
 *  announced too. */
export const lastDayOf = (reason: string): string | undefined =>
  (reason.match(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g) ?? []).filter(isDay).sort().at(-1);

/** `2027-02-29` is none. */
const isDay = (text: string): boolean => {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at - (at % DAY_MS)).toISOString().startsWith(text);
};

/** Deprecated items of a subgraph that are promised until a day.
 *  @throws GraphQLError when it is not GraphQL */
export function readPromisedItems(sdl: string): PromisedItem[] {
  // Most say nothing of it, and one of megabytes need not be read for that.
  if (!sdl.includes('@deprecated')) return [];
  return parse(sdl, { noLocation: true }).definitions.flatMap((type) => {
    const isOutput = /^(Object|Interface)Type(Definition|Extension)$/.test(type.kind);
    if (!isOutput || !('fields' in type)) return [];
    return (type.fields ?? []).flatMap(({ name, directives }) => {
      const until = lastDayOf(reasonOf(directives));
      return until === undefined ? [] : [{ coordinate: coordinate(type.name.value, name.value), until }];
    });
  });
}

function reasonOf(directives: readonly ConstDirectiveNode[] = []): string {
  const deprecated = directives.find(({ name }) => name.value === 'deprecated');
  const reason = deprecated?.arguments?.find(({ name }) => name.value === 'reason')?.value;
  return reason?.kind === Kind.STRING ? reason.value : '';
}
