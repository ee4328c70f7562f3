import { tick, type BuiltQuery, type Ticks } from './built-query.js';
import type { DescribedField, Types } from './described-types.js';

/** Fields that say where a page of a list ends. */
const PAGE_INFO: Ticks = { endCursor: {}, hasNextPage: {} };

/** Fields of a statistic without which its numbers say little. */
const STATISTIC: Ticks = { cells: { count: {} }, suppressedCells: {}, countError95: {} };

/** Names of the types that are needed to show a root field's items. */
export const typesOfRoot = ({ named, nodes }: DescribedField): readonly string[] => [
  named,
  ...(nodes === undefined ? [] : [nodes]),
];

/** Where a root field's records are below it: in `nodes` of a list in pages, else it is one. */
export const pathOfRecords = ({ nodes }: DescribedField): readonly string[] => (nodes === undefined ? [] : ['nodes']);

/** A first query of a root field: its required arguments, and those items that everybody may read, basic ones before others. */
export function startQuery(root: DescribedField, types: Types): BuiltQuery {
  const args = root.args.filter(({ required, name }) => required || name === 'first').map(({ name }) => name);
  const fields = types.get(root.nodes ?? root.named)?.fields ?? [];
  // A statistic: its cells are what is asked for.
  if (fields.some(({ name }) => name === 'cells')) return { root: root.name, args, ticks: STATISTIC };
  const given = fields.filter(
    ({ kind, refused, args: needed }) =>
      (kind === 'SCALAR' || kind === 'ENUM') && !refused && !needed.some(({ required }) => required),
  );
  const basic = given.filter((field) => field.basic);
  const first = (basic.length > 0 ? basic : given).slice(0, 5);
  const path = pathOfRecords(root);
  const ticks = first.reduce<Ticks>((found, { name }) => tick(found, [...path, name], true), {});
  const paged = root.nodes !== undefined && types.get(root.named)?.fields?.some(({ name }) => name === 'pageInfo');
  return { root: root.name, args, ticks: paged ? { ...ticks, pageInfo: PAGE_INFO } : ticks };
}

/** The root field by which a resource's records are best tried: a list that needs no key, else the first.
 *  @param code  of the resource */
export function rootOfResource(roots: readonly DescribedField[], code: string): DescribedField | undefined {
  const leading = roots.filter(({ resource }) => resource?.code === code);
  return leading.find(({ args }) => !args.some(({ required }) => required)) ?? leading[0];
}
