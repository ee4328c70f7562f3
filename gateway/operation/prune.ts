import { getNamedType, isAbstractType, print } from 'graphql';
import { toInnerVariable } from './internal-names.js';
import { type Denials, isDenied } from '../request/denials.js';
import type { PreparedOperation } from '../request/operation.js';
import type { LimitFields } from './limit-fields.js';
import { isActive, type FieldSelection, type Selection } from '../request/selection.js';

/** Text of what is fetched beside the client's own selections, by the type it is added to; see `buildSubjectSelections`. */
export type InternalSelections = ReadonlyMap<string, string>;

/** Writes the document for the planner: conditions decided, denied sites left out with everything below them,
 *  aliases and variables under their internal names, fragments in place. A field that it does not mention is never fetched.
 *  @param bits    which condition variables are true
 *  @param limits  fields that are fetched as well, so that rows can be tested
 *  @returns     undefined when nothing is left to fetch */
export function prune(
  operation: PreparedOperation,
  denials: Denials,
  bits: number,
  internal: InternalSelections,
  limits?: LimitFields,
): string | undefined {
  const pruning = new Pruning(operation, denials, bits, internal, limits);
  const root = operation.schema.getRootType(operation.definition.operation)!;
  const body = pruning.set(operation.selections, root.name, true);
  if (body === '') return undefined;
  const variables = (operation.definition.variableDefinitions ?? [])
    .filter(({ variable }) => pruning.variables.has(variable.name.value))
    .map(({ variable, type, defaultValue }) => {
      const fallback = defaultValue ? ` = ${print(defaultValue)}` : '';
      return `$${toInnerVariable(variable.name.value)}: ${print(type)}${fallback}`;
    });
  return `${operation.kind}${variables.length > 0 ? `(${variables.join(', ')})` : ''}{${body}}`;
}

class Pruning {
  readonly variables = new Set<string>();

  constructor(
    private readonly operation: PreparedOperation,
    private readonly denials: Denials,
    private readonly bits: number,
    private readonly internal: InternalSelections,
    private readonly limits: LimitFields | undefined,
  ) {}

  /** The selections of one object, without braces. */
  set(selections: readonly Selection[], parent: string, atRoot = false): string {
    const parts: string[] = [];
    for (const selection of selections) {
      if (!isActive(selection, this.bits)) continue;
      if (selection.kind === 'field') {
        const field = this.field(selection, atRoot);
        if (field !== '') parts.push(field);
      } else {
        const inner = this.set(selection.selections, selection.type, atRoot);
        if (inner !== '') parts.push(selection.type === parent ? inner : `... on ${selection.type}{${inner}}`);
      }
    }
    const added = this.internal.get(parent);
    if (added !== undefined && !atRoot) parts.push(added);
    const tested = atRoot ? '' : (this.limits?.selectionsFor(parent, selections, this.bits) ?? '');
    if (tested !== '') parts.push(tested);
    return parts.join(' ');
  }

  private field(field: FieldSelection, atRoot: boolean): string {
    // At the root the hub knows the type name, and answers introspection, by itself.
    if (field.site < 0) return field.name === '__typename' && !atRoot ? '__typename' : '';
    if (isDenied(this.denials, field.site)) return '';
    for (const variable of field.variables) this.variables.add(variable);
    const head = (field.inner === field.name ? field.name : `${field.inner}: ${field.name}`) + field.args;
    if (!field.selections) return head;
    const type = getNamedType(field.type);
    const body = this.set(field.selections, type.name);
    const typename =
      body === '' || (isAbstractType(type) && this.dependsOnType(field.selections, type.name)) ? '__typename ' : '';
    return `${head}{${(typename + body).trim()}}`;
  }

  /** True when the selections depend on the runtime type. Only then `__typename` is fetched: it can cost a fetch of its own. */
  private dependsOnType(selections: readonly Selection[], type: string): boolean {
    return selections.some(
      (selection) =>
        selection.kind === 'fragment' &&
        isActive(selection, this.bits) &&
        (selection.type !== type || this.dependsOnType(selection.selections, type)),
    );
  }
}
