import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { Failure } from './failure.js';
import type { Json } from './fetch-shape.js';
import type { TypeNames } from './type-names.js';

/** Finds the objects at a plan's path. */
export type Collect = (data: unknown, into: Json[]) => void;

/** Compiles a Flatten path: fields, `@` for every item of a list, and type conditions. */
export function compileTargets(path: readonly FlattenNodePathSegment[], types: TypeNames): Collect {
  return path.reduceRight<Collect>((next, segment) => {
    if (segment === '@') return each(next);
    if ('Field' in segment) return descend(segment.Field, next);
    return when(types.namesWithin(segment.TypeCondition), next);
  }, gather);
}

const gather: Collect = (value, into) => {
  if (typeof value !== 'object' || value === null || value instanceof Failure) return;
  if (Array.isArray(value)) for (const item of value) gather(item, into);
  else into.push(value as Json);
};

const each =
  (next: Collect): Collect =>
  (value, into) => {
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) next(value[i], into);
  };

function descend(field: string, next: Collect): Collect {
  return function down(value, into) {
    if (Array.isArray(value)) for (const item of value) down(item, into);
    else if (typeof value === 'object' && value !== null && !(value instanceof Failure))
      next((value as Json)[field], into);
  };
}

function when(names: ReadonlySet<string>, next: Collect): Collect {
  return function filter(value, into) {
    if (Array.isArray(value)) for (const item of value) filter(item, into);
    else if (typeof value === 'object' && value !== null && names.has((value as Json).__typename as string))
      next(value, into);
  };
}
