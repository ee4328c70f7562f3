import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { coordinate, type Mask } from '../../shared/kernel/index.js';
import { isActive, type Selection } from '../request/selection.js';
import type { ReleaseLimits } from '../request/verdict.js';

/** A condition on the row that a value is of: the limit's key, and where the row's division is. */
export interface RowCheck {
  readonly limit: 'scopes' | 'rows';
  readonly key: string;
  /** Paths from the row to its division code. None where the runtime type is unknown, so that nothing passes. */
  readonly paths: readonly (readonly string[])[];
}

/** The limits of a decision as plans and projections depend on them: which items are masked or narrowed, but not the rows
 *  themselves, so that departments with different rows share a plan. */
export class LimitFields {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: ReleaseLimits,
  ) {}

  /** De-identified forms of a field, all of which are applied. */
  masksOf(type: string, field: string): readonly Mask[] {
    const { masks } = this.limits;
    if (!masks) return [];
    return [...new Set(this.places(type).flatMap((place) => masks[coordinate(place, field)] ?? []))];
  }

  /** Conditions under which a field of a row is given. */
  scopesOf(type: string, field: string): readonly RowCheck[] {
    const { scopes } = this.limits;
    if (!scopes) return [];
    return this.places(type)
      .map((place) => coordinate(place, field))
      .filter((at) => Object.hasOwn(scopes, at))
      .map((key) => ({ limit: 'scopes', key, paths: this.pathsOf(type, key) }));
  }

  /** Conditions under which a whole row is given. */
  rowsOf(type: string): readonly RowCheck[] {
    const { rows } = this.limits;
    if (!rows) return [];
    return this.places(type)
      .filter((place) => Object.hasOwn(rows, place))
      .map((key) => ({ limit: 'rows', key, paths: this.pathsOf(type, key) }));
  }

  /** Selections to add to a selection set of the client, so that the conditions on its rows can be tested.
   *  @param parent  type of the set */
  selectionsFor(parent: string, selections: readonly Selection[], bits: number): string {
    const { scopes, rows, masks } = this.limits;
    if (!scopes && !rows && !masks) return '';
    const names = selections.flatMap((selection) =>
      selection.kind === 'field' && selection.site >= 0 && isActive(selection, bits) ? [selection.name] : [],
    );
    const type = this.schema.getType(parent);
    if (!isAbstractType(type)) return [...this.checkFields(parent, names)].join(' ');
    const parts: string[] = [];
    let dependsOnType = false;
    for (const { name } of this.schema.getPossibleTypes(type)) {
      const fields = this.checkFields(name, names);
      if (fields.size > 0) parts.push(`... on ${name}{${[...fields].join(' ')}}`);
      dependsOnType ||= fields.size > 0 || names.some((field) => this.masksOf(name, field).length > 0);
    }
    return dependsOnType ? ['__typename', ...parts].join(' ') : '';
  }

  private checkFields(type: string, names: readonly string[]): ReadonlySet<string> {
    const checks = [...this.rowsOf(type), ...names.flatMap((name) => this.scopesOf(type, name))];
    const print = (path: readonly string[]) => path.reduceRight((below, name) => `${name}{${below}}`);
    return new Set(checks.flatMap(({ paths }) => paths.map(print)));
  }

  /** An object answers for its type and its interfaces. One of an unknown type answers for every type it may be of. */
  private places(name: string): readonly string[] {
    const type = this.schema.getType(name);
    const own = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().map((each) => each.name) : [];
    const possible = isAbstractType(type) ? this.schema.getPossibleTypes(type).map((each) => each.name) : [];
    return [name, ...own, ...possible];
  }

  private pathsOf(type: string, key: string): RowCheck['paths'] {
    if (!isObjectType(this.schema.getType(type))) return [];
    return (this.limits.divisions?.[key] ?? []).map((path) => path.split('.'));
  }
}

/** Names what a plan and a projection depend on; '' where there is no limit. */
export function limitKey(limits: ReleaseLimits): string {
  let key = keys.get(limits);
  if (key === undefined) {
    const { scopes = {}, rows = {}, masks = {}, divisions = {} } = limits;
    const parts = [Object.keys(scopes).sort(), Object.keys(rows).sort(), Object.entries(masks).sort()];
    const isFree = parts.every((part) => part.length === 0);
    keys.set(limits, (key = isFree ? '' : JSON.stringify([...parts, Object.entries(divisions).sort()])));
  }
  return key;
}
/** A verdict is cached, and its limits with it. */
const keys = new WeakMap<ReleaseLimits, string>();
