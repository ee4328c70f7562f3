import type { DescribedField, Types } from '../../parts/query/described-types.js';

/** Fields that say where records are in a list, not what they are. */
const FRAME = new Set(['nodes', 'edges', 'node', 'cells']);

/** A place of an answer by the titles of the catalogue, `所属家庭户 / 户籍地址`; by its name where a query renames it.
 *  @param path  response keys from the root on */
export function titleOf(types: Types, path: readonly string[]): string {
  const fields = fieldsAlong(types, path);
  return path
    .map((key, depth) => {
      const isLast = depth === path.length - 1;
      return isLast || (depth > 0 && !FRAME.has(key)) ? (fields[depth]?.title ?? key) : undefined;
    })
    .filter((title) => title !== undefined)
    .join(' / ');
}

/** The field at a place of an answer; undefined where a query renames it, or its type is not known. */
export const fieldAt = (types: Types, path: readonly string[]): DescribedField | undefined =>
  fieldsAlong(types, path).at(-1);

function fieldsAlong(types: Types, path: readonly string[]): readonly (DescribedField | undefined)[] {
  let at = types.get('Query');
  return path.map((key) => {
    const members = (at?.members ?? []).flatMap((name) => types.get(name) ?? []);
    const field = [at, ...members].flatMap((type) => type?.fields ?? []).find(({ name }) => name === key);
    at = field && types.get(field.named);
    return field;
  });
}
