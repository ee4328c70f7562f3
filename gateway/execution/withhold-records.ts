import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { batchField } from '../../shared/share/batch-field.js';
import type { SubgraphProtections } from '../request/protections.js';
import { isObject, type Json } from './fetch-shape.js';
import { moveNotes } from './notes.js';

/** Leaves the records of withheld subjects out of what a subgraph gave, as if it had none: a record is null, a list has one
 *  less. A subgraph of the kit has done so itself; what it gave all the same goes no further either. */
export interface WithheldRecords {
  /** Leaves them out of an object and everything below it.
   *  @param known  what is known of the object from elsewhere
   *  @returns      true where the object itself must not be given */
  (object: Json, list: AppliedList, known?: Json): boolean;
}
/** A list, and whether the subgraph says that it has applied it. Where it does not, a record of which nobody can tell the
 *  subject is withheld as well. */
export interface AppliedList {
  readonly list: SubgraphProtections;
  readonly isApplied: boolean;
}

export interface RecordsContext {
  /** Every type and field of the graph. */
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Field that holds the subject's identifier, by type, for the records that the subgraph keeps. */
  readonly subjectFields: ReadonlyMap<string, string>;
}

/** Compiles it for a selection set.
 *  @param type  of the objects; where it is abstract, or unknown, they say it themselves
 *  @returns undefined where no record of a subject can be in it */
export function compileWithheldRecords(
  type: string | undefined,
  sets: readonly SelectionSetNode[],
  context: RecordsContext,
): WithheldRecords | undefined {
  if (context.subjectFields.size === 0) return undefined;
  const below = sets.flatMap((set) => fieldsOf(set, type, context));
  const candidates = type === undefined ? [...context.subjectFields.keys()] : objectsOf(type, context.schema);
  const isRecord = candidates.some((name) => context.subjectFields.has(name));
  if (!isRecord && below.length === 0) return undefined;
  const only = candidates.length === 1 ? candidates[0] : undefined;
  return (object, applied, known) => {
    if (isRecord && isWithheld(object, known, only, applied, context)) return true;
    // A record that its own object cannot be without takes the object along.
    return below.map((clean) => clean(object, applied)).includes(true);
  };
}

function isWithheld(
  object: Json,
  known: Json | undefined,
  only: string | undefined,
  { list, isApplied }: AppliedList,
  { subjectFields }: RecordsContext,
): boolean {
  const type = only ?? textOf(object.__typename) ?? textOf(known?.__typename);
  if (type === undefined) return !isApplied;
  const field = subjectFields.get(type);
  if (field === undefined) return false;
  const identifier = textOf(object[field]) ?? textOf(known?.[field]);
  if (identifier !== undefined) return list.withholds(type, identifier);
  return !isApplied && object[field] !== null;
}

/** Cleans one field of an object. @returns true where the object must not be given without it */
type CleanField = (object: Json, applied: AppliedList) => boolean;

function fieldsOf(set: SelectionSetNode, parent: string | undefined, context: RecordsContext): CleanField[] {
  return set.selections.flatMap((selection): CleanField[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return fieldsOf(selection.selectionSet, selection.typeCondition?.name.value ?? parent, context);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const { typeCondition, selectionSet } = context.fragments.get(selection.name.value)!;
      return fieldsOf(selectionSet, typeCondition.name.value, context);
    }
    const returns = parent === undefined ? undefined : typeOfField(context.schema, parent, selection.name.value);
    if (!selection.selectionSet || !returns) return [];
    const clean = compileWithheldRecords(getNamedType(returns).name, [selection.selectionSet], context);
    if (!clean) return [];
    const key = selection.alias?.value ?? selection.name.value;
    const hasPlaces = selection.name.value === batchField(getNamedType(returns).name);
    return [
      (object, applied) => {
        const kept = cleanValue(object[key], clean, applied, hasPlaces);
        object[key] = kept === WITHHELD ? null : kept;
        return kept === WITHHELD && isNonNullType(returns);
      },
    ];
  });
}

const WITHHELD = Symbol('withheld');

/** @param hasPlaces  each element of a list has its place, so that a withheld one leaves a null */
function cleanValue(value: unknown, clean: WithheldRecords, applied: AppliedList, hasPlaces: boolean): unknown {
  if (isObject(value)) return clean(value, applied) ? WITHHELD : value;
  if (!Array.isArray(value)) return value;
  const kept: unknown[] = [];
  const places = new Map<number, number>();
  for (const [index, element] of value.entries()) {
    const cleaned = cleanValue(element, clean, applied, false);
    if (cleaned === WITHHELD && !hasPlaces) continue;
    places.set(index, kept.push(cleaned === WITHHELD ? null : cleaned) - 1);
  }
  if (kept.length === value.length && kept.every((element, i) => element === value[i])) return value;
  moveNotes(value, kept, (index) => places.get(index as number));
  return kept;
}

function typeOfField(schema: GraphQLSchema, parent: string, field: string): GraphQLOutputType | undefined {
  const type = schema.getType(parent);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[field]?.type : undefined;
}

function objectsOf(name: string, schema: GraphQLSchema): readonly string[] {
  const type = schema.getType(name);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map((object) => object.name) : [name];
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number'
      ? String(value)
      : value instanceof ExactNumber
        ? value.text
        : undefined;
