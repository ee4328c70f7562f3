import type { FetchNodePathSegment, FetchRewrite, KeyRenamer, ValueSetter } from '@graphql-hive/router-query-planner';
import { Failure } from './failure.js';
import type { Json } from './fetch-shape.js';
import type { TypeNames } from './type-names.js';

/** Changes fetched data in place. */
export type Rewrite = (data: unknown) => void;

const renamerOf = (rewrite: FetchRewrite): KeyRenamer | undefined =>
  'KeyRenamer' in rewrite ? rewrite.KeyRenamer : undefined;
const setterOf = (rewrite: FetchRewrite): ValueSetter | undefined =>
  'ValueSetter' in rewrite ? rewrite.ValueSetter : 'setValueTo' in rewrite ? rewrite : undefined;

/** Compiles a plan's output rewrites. Paths begin at the object that the fetch brought (for entities, at the entity). */
export function compileRewrites(rewrites: readonly FetchRewrite[] | undefined, types: TypeNames): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const steps = rewrites.map((rewrite) => compile(rewrite, types));
  return (data) => steps.forEach((step) => step(data));
}

function compile(rewrite: FetchRewrite, types: TypeNames): Rewrite {
  const renamer = renamerOf(rewrite);
  if (renamer) return walk(renamer.path, types, (object, key) => rename(object, key, renamer.renameKeyTo));
  const setter = setterOf(rewrite);
  if (!setter) throw new Error(`the plan has an unknown rewrite: ${Object.keys(rewrite).join()}`);
  return walk(setter.path, types, (object, key) => {
    if (object[key] !== undefined && object[key] !== null) object[key] = setter.setValueTo;
  });
}

function rename(object: Json, from: string, to: string): void {
  if (from === to || object[from] === undefined) return;
  object[to] = object[from];
  object[from] = undefined;
}

function walk(
  path: readonly FetchNodePathSegment[],
  types: TypeNames,
  act: (object: Json, key: string) => void,
): Rewrite {
  const [segment, ...rest] = path;
  if (!segment) return () => undefined;
  const onObject =
    'Key' in segment ? atKey(segment.Key, rest, types, act) : atType(segment.TypenameEquals, rest, types, act);
  return function descend(data) {
    if (Array.isArray(data)) data.forEach(descend);
    else if (typeof data === 'object' && data !== null && !(data instanceof Failure)) onObject(data as Json);
  };
}

function atKey(
  key: string,
  rest: readonly FetchNodePathSegment[],
  types: TypeNames,
  act: (object: Json, key: string) => void,
) {
  if (rest.length === 0) return (object: Json) => act(object, key);
  const next = walk(rest, types, act);
  return (object: Json) => next(object[key]);
}

function atType(
  names: readonly string[],
  rest: readonly FetchNodePathSegment[],
  types: TypeNames,
  act: (object: Json, key: string) => void,
) {
  const within = types.namesWithin(names);
  const next = walk(rest, types, act);
  return (object: Json) => {
    if (typeof object.__typename !== 'string' || within.has(object.__typename)) next(object);
  };
}

/** Compiles the names that a key gets at a path of keys, for the shape of a fetch. */
export function compileKeyRenames(rewrites: readonly FetchRewrite[] | undefined) {
  const renamers = (rewrites ?? []).flatMap((rewrite) => renamerOf(rewrite) ?? []);
  return (path: readonly string[], key: string): readonly string[] => {
    const at = [...path, key].join('.');
    const to = renamers.filter((renamer) => keysOf(renamer.path) === at).map(({ renameKeyTo }) => renameKeyTo);
    return to.length > 0 ? to : [key];
  };
}

const keysOf = (path: readonly FetchNodePathSegment[]): string =>
  path.flatMap((segment) => ('Key' in segment ? [segment.Key] : [])).join('.');

/** Compiles the `__typename` that the planner sets on representations for an `@interfaceObject` subgraph.
 *  @throws Error for any other input rewrite, because ignoring one would give a wrong answer */
export function compileTypenameOverride(
  rewrites: readonly FetchRewrite[] | undefined,
  types: TypeNames,
): (typename: string) => string {
  const overrides = (rewrites ?? []).map((rewrite) => {
    const setter = setterOf(rewrite);
    const [condition, key, ...rest] = setter?.path ?? [];
    if (
      !setter ||
      !condition ||
      !('TypenameEquals' in condition) ||
      !key ||
      !('Key' in key) ||
      key.Key !== '__typename' ||
      rest.length > 0
    ) {
      throw new Error('the plan has an input rewrite of an unknown form');
    }
    return { within: types.namesWithin(condition.TypenameEquals), to: setter.setValueTo };
  });
  return (typename) => overrides.find(({ within }) => within.has(typename))?.to ?? typename;
}
