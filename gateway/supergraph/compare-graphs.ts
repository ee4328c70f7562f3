import {
  BreakingChangeType,
  findBreakingChanges,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { coordinate as toCoordinate, type Coordinate, stricter } from '../../shared/kernel/index.js';
import type { GraphChange } from './graph-change.js';
import { checkRemovalDay, compareDeprecations } from './compare-deprecations.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';

/** A composed graph with its share index. */
export interface ComparedGraph {
  /** The consumers' schema. */
  readonly schema: GraphQLSchema;
  readonly index: ShareIndex;
}
type Field = GraphQLField<unknown, unknown>;

/** Finds what a graph takes from consumers, and what it shares more widely, than the one before. A grant is bound to the
 *  identity of an item, so that another one under its name counts as its removal.
 *  @param today  YYYY-MM-DD, by which removals of deprecated items are judged */
export function compareGraphs(before: ComparedGraph, after: ComparedGraph, today: string): GraphChange[] {
  const [old, fresh] = [readFields(before.schema), readFields(after.schema)];
  const changes: GraphChange[] = [];
  for (const [coordinate, field] of old) {
    const next = fresh.get(coordinate);
    if (next)
      changes.push(
        ...compareFields(coordinate, field, next, today),
        ...compareDeprecations(coordinate, field, next, today),
      );
    else
      changes.push(
        describeRemoval(coordinate, before.index, after.index, old),
        ...checkRemovalDay(coordinate, field, today),
      );
  }
  for (const next of after.index.items) {
    const item = before.index.byCoordinate.get(next.coordinate);
    if (item) changes.push(...compareItems(item, next, fresh.get(next.coordinate)));
  }
  for (const coordinate of fresh.keys())
    if (!old.has(coordinate))
      changes.push({ code: 'ITEM_ADDED', severity: 'NOTE', coordinate, message: `${coordinate} is new.` });
  return [...changes, ...compareOtherTypes(before.schema, after.schema)];
}

/** Fields of object types and interfaces by their coordinate. */
function readFields(schema: GraphQLSchema): Map<Coordinate, Field> {
  const fields = new Map<Coordinate, Field>();
  for (const type of Object.values(schema.getTypeMap()))
    if ((isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'))
      for (const [name, field] of Object.entries(type.getFields())) fields.set(toCoordinate(type.name, name), field);
  return fields;
}

function describeRemoval(
  coordinate: Coordinate,
  before: ShareIndex,
  after: ShareIndex,
  old: ReadonlyMap<Coordinate, Field>,
): GraphChange {
  const item = before.byCoordinate.get(coordinate);
  const [type] = coordinate.split('.');
  const renamed =
    item &&
    after.items.find(
      (other) => other.coordinate.startsWith(`${type}.`) && other.title === item.title && !old.has(other.coordinate),
    );
  return renamed
    ? breaking('ITEM_RENAMED', coordinate, `${coordinate} is ${renamed.coordinate} now; grants do not follow a name.`)
    : breaking('ITEM_REMOVED', coordinate, `${coordinate} is gone.`);
}

function compareFields(coordinate: Coordinate, before: Field, after: Field, today: string): GraphChange[] {
  const changes: GraphChange[] = [];
  const [old, fresh] = [String(before.type), String(after.type)];
  if (withoutNonNulls(old) !== withoutNonNulls(fresh))
    changes.push(breaking('ITEM_RETYPED', coordinate, `${coordinate} was ${old} and is ${fresh}.`));
  else if (isNonNullType(before.type) && !isNonNullType(after.type))
    changes.push(breaking('ITEM_NULLABLE', coordinate, `${coordinate} may be null now.`));
  for (const argument of before.args) {
    const next = after.args.find(({ name }) => name === argument.name);
    const at = `${coordinate}(${argument.name}:)`;
    if (!next)
      changes.push(
        breaking('ARGUMENT_REMOVED', coordinate, `${at} is gone.`),
        ...checkRemovalDay(coordinate, argument, today),
      );
    else if (getNamedType(next.type).name !== getNamedType(argument.type).name || isNarrowed(argument.type, next.type))
      changes.push(
        breaking('ARGUMENT_RETYPED', coordinate, `${at} was ${String(argument.type)} and is ${String(next.type)}.`),
      );
  }
  for (const argument of after.args)
    if (isRequiredArgument(argument) && !before.args.some(({ name }) => name === argument.name))
      changes.push(breaking('ARGUMENT_REQUIRED', coordinate, `${coordinate}(${argument.name}:) is needed now.`));
  return changes;
}

const withoutNonNulls = (type: string): string => type.replaceAll('!', '');

/** An argument takes less than before: another shape, or null no more. */
const isNarrowed = (before: unknown, after: unknown): boolean =>
  withoutNonNulls(String(before)) !== withoutNonNulls(String(after)) ||
  (isNonNullType(after) && !isNonNullType(before));

function compareItems(before: ShareItem, after: ShareItem, field: Field | undefined): GraphChange[] {
  const { coordinate } = after;
  const changes: GraphChange[] = [];
  if (before.shareType !== after.shareType) {
    const isLoosened = stricter(before.shareType, after.shareType) === before.shareType;
    const message = `${coordinate} was ${before.shareType} and is ${after.shareType}.`;
    changes.push(
      isLoosened ? opening('ITEM_LOOSENED', coordinate, message) : breaking('ITEM_TIGHTENED', coordinate, message),
    );
  }
  if (before.provider !== after.provider)
    changes.push(
      opening('PROVIDER_CHANGED', coordinate, `${coordinate} was of ${before.provider} and is of ${after.provider}.`),
    );
  if (before.identity !== undefined && before.identity !== after.identity)
    changes.push(
      breaking(
        'ITEM_REPLACED',
        coordinate,
        `${coordinate} is another item now: its provider, resource, type or title differs, and grants of it end.`,
      ),
    );
  if (before.mask !== undefined && before.mask !== after.mask)
    changes.push(
      opening(
        'MASK_CHANGED',
        coordinate,
        `${coordinate} was de-identified as ${before.mask} and is ${after.mask ?? 'not any more'}.`,
      ),
    );
  if (before.scopeBy !== undefined && before.scopeBy !== after.scopeBy)
    changes.push(
      breaking('SCOPE_REMOVED', coordinate, `Rows of ${coordinate} cannot be narrowed by ${before.scopeBy} any more.`),
    );
  for (const [argument, uses] of Object.entries(before.argumentUses)) {
    const kept = (after.argumentUses[argument] ?? []).map(({ by, item }) => `${by} ${item}`);
    const lost = uses.filter(({ by, item }) => !kept.includes(`${by} ${item}`)).map(({ item }) => item);
    if (lost.length > 0 && field?.args.some(({ name }) => name === argument))
      changes.push(
        opening(
          'FILTER_LOOSENED',
          coordinate,
          `${coordinate}(${argument}:) no longer counts as reading ${lost.join(', ')}.`,
        ),
      );
  }
  return changes;
}

/** Kinds that are not seen field by field above. */
const OTHERS: ReadonlySet<BreakingChangeType> = new Set([
  BreakingChangeType.TYPE_CHANGED_KIND,
  BreakingChangeType.TYPE_REMOVED_FROM_UNION,
  BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
  BreakingChangeType.REQUIRED_INPUT_FIELD_ADDED,
  BreakingChangeType.IMPLEMENTED_INTERFACE_REMOVED,
]);

function compareOtherTypes(before: GraphQLSchema, after: GraphQLSchema): GraphChange[] {
  const isComposite = (name: string) => isObjectType(before.getType(name)) || isInterfaceType(before.getType(name));
  return findBreakingChanges(before, after).flatMap(({ type, description }) => {
    const name = /^\w+/.exec(description)?.[0] ?? '';
    const isInput =
      !isComposite(name) &&
      (type === BreakingChangeType.FIELD_REMOVED || type === BreakingChangeType.FIELD_CHANGED_KIND);
    if (!OTHERS.has(type) && !isInput) return [];
    return [
      breaking('TYPE_CHANGED', /\w+ .*? (?:type|enum|union type) (\w+)/.exec(description)?.[1] ?? name, description),
    ];
  });
}

const breaking = (code: string, coordinate: string, message: string): GraphChange => ({
  ...{ code, severity: 'BREAKING', coordinate, message },
});
const opening = (code: string, coordinate: string, message: string): GraphChange => ({
  ...{ code, severity: 'OPENING', coordinate, message },
});
