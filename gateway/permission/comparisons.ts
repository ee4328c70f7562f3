import { getNamedType, isInputObjectType, valueFromASTUntyped, type GraphQLInputType } from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../../shared/kernel/index.js';
import { OUTCOMES_FIELD } from '../../shared/share/claims/claim-names.js';
import type { InputUse, ShareIndex } from '../../shared/share/share-index.js';
import type { AnswerError } from '../request/answer.js';
import { findParents, type Operation, type Site } from '../request/operation.js';

/** Claims about one record at one place of an operation. */
export interface Comparison {
  readonly site: number;
  /** Place in the list of outcomes; undefined where there is one outcome. */
  readonly row: number | undefined;
  /** Type and key of the record, as text. */
  readonly subject: string;
  readonly items: readonly Coordinate[];
  /** True for a claim whose own outcome is told. */
  readonly isSingle: boolean;
  /** The claims as text, the same for the same claims. It is hashed before it is kept. */
  readonly claims: string;
}

interface Scope {
  readonly row: number | undefined;
  readonly names: string[];
  readonly claims: Map<Coordinate, string>;
}

/** Finds the comparisons that some sites make of items that are metered.
 *  At a site that tells an outcome of each item, each claim is a comparison by itself.
 *  @param isMetered  false for items that the caller may read anyway */
export function findComparisons(
  { sites }: Operation,
  index: ShareIndex,
  variables: Readonly<Record<string, unknown>>,
  isMetered: (item: Coordinate) => boolean,
  itemised: ReadonlySet<number> = NO_SITES,
): Comparison[] {
  return sites.flatMap((site) => new SiteReader(site, index, variables).read(isMetered, itemised.has(site.index)));
}

const NO_SITES: ReadonlySet<number> = new Set();

/** Sites that tell an outcome of each item.
 *  @param isAsked  false for a site that is left out or refused */
export function findItemised({ sites }: Operation, isAsked: (site: Site) => boolean): ReadonlySet<number> {
  const parents = findParents(sites);
  const telling = sites.filter((site) => site.coordinate === OUTCOMES_FIELD && isAsked(site));
  return new Set(telling.map(({ index }) => parents[index]!));
}

class SiteReader {
  private readonly rows: Scope[] = [];

  constructor(
    private readonly site: Site,
    private readonly index: ShareIndex,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  read(isMetered: (item: Coordinate) => boolean, isItemised: boolean): Comparison[] {
    const item = this.index.byCoordinate.get(this.site.coordinate);
    const root: Scope = { row: undefined, names: [], claims: new Map() };
    for (const { name, value, inputType } of this.site.args) {
      const given: unknown = valueFromASTUntyped(value, this.variables);
      if (given === undefined) continue;
      this.use(item?.argumentUses[name] ?? [], given, root);
      this.walk(given, inputType, root);
    }
    const { type } = parseCoordinate(this.site.coordinate);
    return (this.rows.length > 0 ? this.rows : [root]).flatMap((scope) => {
      const claims = new Map([...root.claims, ...scope.claims]);
      const items = [...claims.keys()].filter(isMetered).sort();
      if (items.length === 0) return [];
      const about = {
        site: this.site.index,
        row: scope.row,
        // Where nothing names a record, all claims of the place are about one.
        subject: [type, ...(scope === root ? [] : root.names), ...scope.names].join('\0'),
        isSingle: isItemised,
      };
      return isItemised
        ? items.map((at) => ({ ...about, items: [at], claims: JSON.stringify([[at, claims.get(at)]]) }))
        : [{ ...about, items, claims: JSON.stringify([...claims].sort()) }];
    });
  }

  private use(uses: readonly InputUse[], value: unknown, scope: Scope): void {
    for (const { item, by } of uses) {
      if (by !== 'compares') continue;
      if (this.index.byCoordinate.get(item)?.identifies) scope.names.push(`${item}\0${textOfKey(value)}`);
      else scope.claims.set(item, JSON.stringify(value));
    }
  }

  private walk(value: unknown, type: GraphQLInputType | undefined, scope: Scope): void {
    const named = type && getNamedType(type);
    if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      const isRow = Object.keys(named.getFields()).some((name) =>
        this.usesOf(named.name, name).some(isName(this.index)),
      );
      for (const each of value) {
        if (!isRow) this.walk(each, named, scope);
        else {
          const row: Scope = { row: this.rows.length, names: [], claims: new Map() };
          this.rows.push(row);
          this.walk(each, named, row);
        }
      }
      return;
    }
    for (const [name, entry] of Object.entries(value)) {
      const field = named.getFields()[name];
      if (!field) continue;
      this.use(this.usesOf(named.name, name), entry, scope);
      this.walk(entry, field.type, scope);
    }
  }

  private usesOf(type: string, field: string): readonly InputUse[] {
    return this.index.inputs.get(coordinate(type, field)) ?? [];
  }
}

/** A key as text: an ID may be sent as a number and as a string, and names one record. */
const textOfKey = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isName =
  (index: ShareIndex) =>
  ({ item, by }: InputUse): boolean =>
    by === 'compares' && index.byCoordinate.get(item)?.identifies === true;

/** True for a comparison whose outcome in the answer is a match. */
export function isMatch({ sites }: Operation, { site: at, row, isSingle, items }: Comparison, data: unknown): boolean {
  const { path } = sites[at]!;
  const value = path.reduce<unknown>((each, key) => (each as Record<string, unknown> | null)?.[key], data);
  const outcome: unknown = row === undefined ? value : Array.isArray(value) ? value[row] : undefined;
  if (outcome === true || outcome === 'MATCH') return true;
  if (typeof outcome !== 'object' || outcome === null) return false;
  // A match is the only enum value of that name; an alias does not hide it.
  const values = Object.values(outcome);
  return (
    values.includes('MATCH') || (isSingle && values.some((list) => Array.isArray(list) && hasMatch(list, items[0]!)))
  );
}

/** True where a list of outcomes tells that an item matches: by its name, or where all of them do. An outcome without the
 *  item's name may be another one's, and counts as not confirmed. */
function hasMatch(list: readonly unknown[], item: Coordinate): boolean {
  const entries = list.map((entry): readonly unknown[] => Object.values(entry ?? {}));
  const isMatch = (entry: readonly unknown[]) => entry.includes('MATCH');
  return (
    entries.length > 0 && (entries.every(isMatch) || entries.some((entry) => entry.includes(item) && isMatch(entry)))
  );
}

/** True for a comparison whose place failed with an error, so that nobody learned anything. A null without one is an outcome of
 *  the provider's own. */
export function isFailed(
  { sites }: Operation,
  { site }: Comparison,
  data: unknown,
  errors: readonly Pick<AnswerError, 'path'>[],
): boolean {
  const { path } = sites[site]!;
  const value = path.reduce<unknown>((each, key) => (each as Record<string, unknown> | null)?.[key], data);
  return value === null && errors.some((error) => path.every((key, at) => error.path?.[at] === key));
}
