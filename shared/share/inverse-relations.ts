import { getNamedType, isAbstractType, isObjectType, type GraphQLSchema } from 'graphql';
import { parseCoordinate, stricter, type Coordinate } from '../kernel/index.js';
import { shareProblem, type Check, type Statements } from './catalogue-check.js';
import type { InputUse, ShareItem } from './share-index.js';

/** A field that leads from a record to others. */
interface Relation {
  readonly item: ShareItem;
  readonly from: string;
  /** Record types it leads to: several for a union or an interface. */
  readonly to: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** The inverse of a restricted relation is as restricted as the relation: whoever may not learn of a person which
 *  enterprises are theirs may not learn of every enterprise whose it is, and no root field lists the one by the other.
 *  Which of two relations between the same types is whose inverse no schema says; where another relation is as open, it
 *  may be that one's. A relation that leads to several types is as strict as the strictest of its inverses, so an open
 *  one on another type is no problem. Relations of a type with itself cannot be told apart.
 *  @source share-rules section 1, rule 12 */
export const inversesAreAsRestricted: Check = function* (all) {
  const entities = entitiesOf(all);
  const relations = all.items.flatMap((item): Relation[] => {
    const { type: from } = parseCoordinate(item.coordinate);
    const to = entities.has(from) ? targetsOf(all.schema, entities, item) : NONE;
    return to.size > 0 ? [{ item, from, to }] : [];
  });
  const roots = all.items
    .filter((item) => isRoot(all.schema, item))
    .map((item): Relation => ({ item, from: '', to: targetsOf(all.schema, entities, item) }));
  const rootsTo = byTarget(roots);
  const leaving = Map.groupBy(relations, ({ from }) => from);
  const between = (from: string, to: string) => (leaving.get(from) ?? []).filter((relation) => relation.to.has(to));
  for (const relation of relations)
    for (const to of relation.to) {
      const { item, from } = relation;
      if (from === to || item.shareType === 'UNCONDITIONAL') continue;
      if (between(from, to).some((other) => other !== relation && isLaxer(other.item, item))) continue;
      const isAnswered = [...relation.to].some(
        (other) => other !== to && between(other, from).some((inverse) => !isLaxer(inverse.item, item)),
      );
      if (!isAnswered)
        for (const inverse of between(to, from))
          if (isLaxer(inverse.item, item))
            yield toProblem(inverse.item, inverse.item.coordinate, item, filtersBy(roots, inverse.item.coordinate));
      yield* openRoots(all, rootsTo, relation, to);
    }
};

/** Relations by each of the types that they lead to. */
function byTarget(relations: readonly Relation[]): ReadonlyMap<string, readonly Relation[]> {
  const found = new Map<string, Relation[]>();
  for (const relation of relations)
    for (const target of relation.to) (found.get(target) ?? found.set(target, []).get(target)!).push(relation);
  return found;
}

/** Root fields that list one side of a relation by the identifier of the other. */
function* openRoots(
  all: Statements,
  rootsTo: ReadonlyMap<string, readonly Relation[]>,
  { item, from }: Relation,
  to: string,
) {
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const)
    for (const { item: root, to: targets } of rootsTo.get(other) ?? []) {
      // A root field that gives the identified record itself tells nothing of its relations.
      if (!isLaxer(root, item) || targets.has(one)) continue;
      for (const [argument, uses] of Object.entries(root.argumentUses)) {
        const reads = filteredBy(uses);
        const identifies = reads.some((read) => parseCoordinate(read).type === one && isIdentifier(all, read));
        const isOpen = reads.every((read) => {
          const by = all.byCoordinate.get(read);
          return by !== undefined && isLaxer(by, item);
        });
        if (identifies && isOpen) yield toProblem(root, `${root.coordinate}(${argument}:)`, item, []);
      }
    }
}

const toProblem = (open: ShareItem, at: string, restricted: ShareItem, filters: readonly string[]) => ({
  ...shareProblem(
    'INVERSE_OPEN',
    open.subgraph,
    at,
    `${restricted.coordinate} is ${restricted.shareType}, and ${at} gives the same pairs although it is ${open.shareType}${
      filters.length > 0 ? ` (${filters.join(', ')} list by it)` : ''
    }. Make it as restricted, or the relation as open, as the law has it.`,
  ),
  item: restricted.coordinate,
});

/** Record types that a field leads to, also through the pages of a list. */
function targetsOf(
  schema: GraphQLSchema,
  entities: ReadonlySet<string>,
  { coordinate: at }: ShareItem,
): ReadonlySet<string> {
  const { type: typeName, field } = parseCoordinate(at);
  const type = schema.getType(typeName);
  let target = isObjectType(type) ? type.getFields()[field]?.type : undefined;
  const page = target && getNamedType(target);
  if (isObjectType(page) && page.getFields()['nodes'] && page.getFields()['pageInfo'])
    target = page.getFields()['nodes']!.type;
  const named = target && getNamedType(target);
  const members = isAbstractType(named) ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
  return new Set(members.map(({ name }) => name).filter((name) => entities.has(name)));
}

/** Record types: those with a key, and those of the catalogue. */
function entitiesOf({ subgraphs }: Statements): ReadonlySet<string> {
  return new Set(subgraphs.flatMap(({ keys, resources }) => [...keys, ...resources].map(({ type }) => type)));
}

const isIdentifier = ({ statements }: Statements, at: Coordinate): boolean =>
  (statements.get(at) ?? []).some(({ key, subject }) => key || subject !== undefined);

/** Arguments of root fields that list by an item. */
const filtersBy = (roots: readonly Relation[], at: Coordinate): string[] =>
  roots.flatMap(({ item }) =>
    Object.entries(item.argumentUses).flatMap(([argument, uses]) =>
      filteredBy(uses).includes(at) ? [`${item.coordinate}(${argument}:)`] : [],
    ),
  );

/** Items that an argument lists by; what is compared or counted lists nothing. */
const filteredBy = (uses: readonly InputUse[]): Coordinate[] =>
  uses.flatMap(({ item, by }) => (by === 'filters' || by === 'share' ? [item] : []));

const isRoot = (schema: GraphQLSchema, { coordinate: at }: ShareItem): boolean =>
  parseCoordinate(at).type === schema.getQueryType()?.name;

const isLaxer = (one: ShareItem, other: ShareItem): boolean =>
  one.shareType !== other.shareType && stricter(one.shareType, other.shareType) === other.shareType;
