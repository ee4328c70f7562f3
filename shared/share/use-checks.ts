import { getNamedType, isInterfaceType, isObjectType, isScalarType, isUnionType, type GraphQLNamedType } from 'graphql';
import { parseCoordinate, type Coordinate } from '../kernel/index.js';
import { argumentUseReader } from './argument-uses.js';
import { shareProblem, type Check, type Statements } from './catalogue-check.js';
import { modeOfUse, type InputUse, type ShareItem } from './share-index.js';

/** An input uses an item that exists, so that no argument reads one unseen. */
export const usesNameItems: Check = function* (all) {
  for (const { subgraph, at, use } of listUses(all))
    if (!all.byCoordinate.has(use.item))
      yield shareProblem(
        `${use.by.toUpperCase()}_UNKNOWN`,
        subgraph,
        at,
        `${at} ${VERBS[use.by]} ${use.item}, which is no item of this graph.`,
      );
};

/** Only what its owner marked may be compared or counted. A record's key and the identifier of its subject need no mark: every
 *  claim is about somebody. @source QZ-5.4d */
export const usesNameMarkedItems: Check = function* (all) {
  for (const { subgraph, at, use } of listUses(all)) {
    const item = all.byCoordinate.get(use.item);
    const isKey = (all.statements.get(use.item) ?? []).some(({ key }) => key);
    const missing = item && findMissingMark(item, use.by, isKey);
    if (missing)
      yield shareProblem(
        missing.code,
        subgraph,
        at,
        `${at} ${VERBS[use.by]} ${use.item}, which its owner has not marked @${missing.mark}.`,
      );
  }
};

const findMissingMark = (
  item: ShareItem,
  by: InputUse['by'],
  isKey: boolean,
): { code: string; mark: string } | undefined => {
  const isIdentifier = isKey || item.subject !== undefined;
  if (by === 'compares' && !item.verifiable && !isIdentifier) return { code: 'NOT_VERIFIABLE', mark: 'verifiable' };
  if (by === 'groups' && !item.dimension) return { code: 'NOT_A_DIMENSION', mark: 'dimension' };
  if (by === 'sums' && !item.measure) return { code: 'NOT_A_MEASURE', mark: 'measure' };
  return undefined;
};

/** Scalars in which an answer to a comparison gives nothing away but itself. */
const ANSWERS: ReadonlySet<string> = new Set(['Boolean', 'ID', 'Int']);

/** A field that compares stands at the root, where the hub sees whom a claim is about and what came of it. A field that
 *  compares or counts gives no records: it would find them by an item that the caller may not read. One that
 *  compares gives no texts or other values either. @source QZ-5.4d */
export const usesGiveNoRecords: Check = function* (all) {
  const records = new Set(
    all.subgraphs.flatMap(({ keys, resources }) => [...keys, ...resources].map(({ type }) => type)),
  );
  const usesOf = argumentUseReader(all.schema, all.inputs);
  for (const item of all.items) {
    const uses = usesOf(item.coordinate, item.argumentUses);
    const [use] = uses.filter((each) => modeOfUse(each) !== 'QUERY');
    if (!use) continue;
    const compares = uses.some(({ by }) => by === 'compares');
    if (compares && parseCoordinate(item.coordinate).type !== all.schema.getQueryType()?.name)
      yield shareProblem(
        'COMPARES_NOT_AT_ROOT',
        item.subgraph,
        item.coordinate,
        `${item.coordinate} compares ${use.item}. Only root fields of Query may.`,
      );
    const shown = findShown(all, item.coordinate, (type) => records.has(type.name) || (compares && isValue(type)));
    if (shown)
      yield shareProblem(
        'USE_SHOWS_VALUES',
        item.subgraph,
        item.coordinate,
        `${item.coordinate} ${VERBS[use.by]} ${use.item} and gives ${shown}. It may give outcomes only: ${compares ? 'enums, Boolean, Int and ID' : 'no records'}.`,
      );
  }
};

const isValue = (type: GraphQLNamedType): boolean => isScalarType(type) && !ANSWERS.has(type.name);

/** The first type that a field gives, at any depth, and should not. */
function findShown(
  { schema }: Statements,
  at: Coordinate,
  isForbidden: (type: GraphQLNamedType) => boolean,
): string | undefined {
  const { type: typeName, field } = parseCoordinate(at);
  const parent = schema.getType(typeName);
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const queue: GraphQLNamedType[] = [getNamedType(parent.getFields()[field]!.type)];
  const seen = new Set<string>();
  for (let type = queue.pop(); type; type = queue.pop()) {
    if (seen.has(type.name)) continue;
    seen.add(type.name);
    if (isForbidden(type)) return type.name;
    if (isObjectType(type) || isInterfaceType(type))
      queue.push(...Object.values(type.getFields()).map((each) => getNamedType(each.type)));
    if (isInterfaceType(type) || isUnionType(type)) queue.push(...schema.getPossibleTypes(type));
  }
  return undefined;
}

const VERBS = {
  filters: 'filters by',
  compares: 'compares',
  groups: 'groups by',
  sums: 'sums',
  share: 'reads',
} as const satisfies Record<InputUse['by'], string>;

/** Every stated use, with the place that states it. */
function* listUses({ items, inputs }: Statements): Generator<{ subgraph: string; at: string; use: InputUse }> {
  for (const { subgraph, coordinate, argumentUses } of items)
    for (const [name, uses] of Object.entries(argumentUses))
      for (const use of uses) yield { subgraph, at: `${coordinate}(${name}:)`, use };
  for (const [at, uses] of inputs) for (const use of uses) yield { subgraph: '', at, use };
}
