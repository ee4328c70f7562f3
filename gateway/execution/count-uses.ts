import { getNamedType, isAbstractType, isLeafType, isListType, isNonNullType, type GraphQLOutputType } from 'graphql';
import { isActive, type FieldSelection, type Selection } from '../request/selection.js';
import { isObject, type Json } from './fetch-shape.js';
import { LEFT_OUT, type WriteValue } from './write-value.js';

type CountValues = (value: unknown) => number;

/** Writes a value, and counts it as uses of the sites that it stands for. What failed, was never fetched or lies outside
 *  the rows is no use.
 *  @param sites     counted sites that the value is written for
 *  @param isEntity  tells the types whose objects are records of their own from those that only hold records
 *  @source share-rules section 2 */
export function countUses(
  write: WriteValue,
  sites: readonly number[],
  { type, selections }: Pick<FieldSelection, 'type' | 'selections'>,
  bits: number,
  isEntity: (type: string) => boolean,
): WriteValue {
  const count = compileCount(type, selections ?? [], bits, isEntity);
  return (value, pass) => {
    const text = write(value, pass);
    if (text === undefined || text === LEFT_OUT || value === undefined) return text;
    const values = count(value);
    for (const site of sites) pass.count(site, values);
    return text;
  };
}

/** A plain value is one use, a null that the provider gave too; a record is one, and of a list each record; what holds
 *  lists of records, as a connection does, is as many as they, and at least one. */
function compileCount(
  type: GraphQLOutputType,
  selections: readonly Selection[],
  bits: number,
  isEntity: (type: string) => boolean,
): CountValues {
  const named = getNamedType(type);
  if (isLeafType(named)) return () => 1;
  const inside = isAbstractType(named) || isEntity(named.name) ? [] : listsInside(selections, bits, isEntity);
  const countObject = (object: Json): number =>
    Math.max(
      1,
      inside.reduce((total, { inner, count }) => total + count(object[inner]), 0),
    );
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  return (value) => (isList ? countRecords(value) : isObject(value) ? countObject(value) : 0);
}

/** The fields of a holding object that lead to lists of records. */
function listsInside(
  selections: readonly Selection[],
  bits: number,
  isEntity: (type: string) => boolean,
): { readonly inner: string; readonly count: CountValues }[] {
  const found = new Map<string, CountValues>();
  const collect = (each: readonly Selection[]): void => {
    for (const selection of each) {
      if (!isActive(selection, bits)) continue;
      if (selection.kind === 'fragment') collect(selection.selections);
      else if (selection.selections && !isLeafType(getNamedType(selection.type)) && !found.has(selection.inner)) {
        const isList = isListType(isNonNullType(selection.type) ? selection.type.ofType : selection.type);
        const below = listsInside(selection.selections, bits, isEntity);
        const isRecord = isEntity(getNamedType(selection.type).name);
        if (isList) found.set(selection.inner, countRecords);
        else if (!isRecord && below.length > 0)
          found.set(selection.inner, (value) =>
            isObject(value) ? below.reduce((total, { inner, count }) => total + count(value[inner]), 0) : 0,
          );
      }
    }
  };
  collect(selections);
  return [...found].map(([inner, count]) => ({ inner, count }));
}

const countRecords: CountValues = (value) =>
  Array.isArray(value) ? value.reduce<number>((total, one) => total + countRecords(one), 0) : isObject(value) ? 1 : 0;
