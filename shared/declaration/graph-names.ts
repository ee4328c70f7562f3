import type { Declaration, DeclaredItem, DeclaredType } from './declaration-schema.js';

/** Names of the graph that follow from a declaration. */

/** Name of the enum that a code list becomes; undefined where a code is no name in GraphQL, and the item stays text. */
export function enumName(type: string, name: string, { values }: DeclaredItem): string | undefined {
  const named = values?.every(({ code }) => /^[A-Za-z][A-Za-z0-9_]*$/.test(code) && !NO_ENUM_VALUES.has(code));
  return named ? type + name[0]!.toUpperCase() + name.slice(1) : undefined;
}
const NO_ENUM_VALUES: ReadonlySet<string> = new Set(['true', 'false', 'null']);

export const connectionName = (type: string): string => `${type}Connection`;
export const edgeName = (type: string): string => `${type}Edge`;

/** True for a type of which some field gives pages. */
export const hasPages = (declaration: Declaration, name: string): boolean =>
  Object.keys(declaration.types[name]?.lists ?? {}).length > 0 ||
  [...Object.values(declaration.types), ...Object.values(declaration.extends)].some(({ relations }) =>
    Object.values(relations).some(({ type, many }) => type === name && many === 'pages'),
  );

/** True for a type of which the hub gives statistics. The rows of a service cannot be counted in one statement. */
export const hasStatistics = ({ items, from }: DeclaredType): boolean =>
  from.service === undefined && Object.values(items).some(({ dimension }) => dimension !== false);

/** What the names of the types for statistics end in; they begin with the type's own. */
export const STATISTICS_TYPES = [
  ...['Statistics', 'StatisticsCell', 'StatisticsMeasure', 'StatisticsFilter', 'Dimension', 'Measure'],
] as const;
export const groupTypes = (type: string, { items }: DeclaredType): string[] =>
  Object.entries(items).flatMap(([item, each]) =>
    bandsOf(each) ? [`${type}${item[0]!.toUpperCase()}${item.slice(1)}Group`] : [],
  );

/** Lower bounds of the bands by which statistics are grouped. */
export const bandsOf = ({ dimension }: Pick<DeclaredItem, 'dimension'>): readonly string[] | undefined =>
  typeof dimension === 'object' ? dimension.bands : undefined;

/** Names that every subgraph has, or the language and its federation keep. */
export const RESERVED_TYPES: ReadonlySet<string> = new Set([
  ...['Query', 'Mutation', 'Subscription', 'PageInfo', 'Node', 'FieldSet', 'Import', 'Purpose'],
  ...['String', 'ID', 'Int', 'Float', 'Boolean', 'Decimal', 'LocalDate', 'DateTime', 'Date'],
  ...[
    'ShareType',
    'SubjectKind',
    'MaskForm',
    'ClaimForm',
    'Verification',
    'ItemVerification',
    'VerificationOutcome',
    'ComparedBy',
  ],
]);

/** Names that a record of JavaScript has already; a table row could not be told from it. */
export const RESERVED_ITEMS: ReadonlySet<string> = new Set([
  ...['constructor', 'prototype', 'then', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable'],
  ...['toString', 'toLocaleString', 'toJSON', 'toPOJO', 'toObject', 'toReference'],
]);

/** Arguments that every list has. */
export const LIST_ARGUMENTS: ReadonlySet<string> = new Set(['first', 'after']);

/** Share of an item: its own, else its type's. */
export const shareOfItem = (type: DeclaredType, name: string) => type.items[name]?.share ?? type.share;
