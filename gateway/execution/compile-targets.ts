import type { Path } from '../plan/fetch-group.js';
import { isBranch, type Json } from './fetch-shape.js';
import type { TypeNames } from '../plan/type-names.js';

/** Finds the objects at a plan's path. */
export type Collect = (data: unknown, into: Json[]) => void;

/** Compiles a Flatten path: fields, `@` for every item of a list, and type conditions. */
export function compileTargets(path: Path, types: TypeNames): Collect {
  return path.reduceRight<Collect>((next, segment) => {
    if (segment === '@') return forEachItem(next);
    if ('Field' in segment) return atField(segment.Field, next);
    return onTypes(types.namesWithin(segment.TypeCondition), next);
  }, collectObjects);
}

const collectObjects: Collect = (value, into) => {
  if (!isBranch(value)) return;
  if (Array.isArray(value)) for (const item of value) collectObjects(item, into);
  else into.push(value);
};

const forEachItem =
  (next: Collect): Collect =>
  (value, into) => {
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) next(value[i], into);
  };

function atField(field: string, next: Collect): Collect {
  return function down(value, into) {
    if (Array.isArray(value)) for (const item of value) down(item, into);
    else if (isBranch(value)) next((value as Json)[field], into);
  };
}

function onTypes(names: ReadonlySet<string>, next: Collect): Collect {
  return function filter(value, into) {
    if (Array.isArray(value)) for (const item of value) filter(item, into);
    else if (typeof value === 'object' && value !== null && names.has((value as Json).__typename as string))
      next(value, into);
  };
}
