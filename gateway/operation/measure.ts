import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
} from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { isIntrospection } from '../request/selection.js';
import type { OperationLimits } from './limits.js';
import { say } from '../request/messages/index.js';

/** Refuses a document that is too deep or too large, before validation looks at it.
 *  Walks what the executor would walk: fragments expanded, fields merged by response key.
 *  @throws HubError OPERATION_TOO_DEEP, OPERATION_TOO_LARGE, GRAPHQL_VALIDATION_FAILED (cyclic fragments) */
export function measure(document: DocumentNode, limits: OperationLimits): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const size = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length;
  if (size > limits.fragments) throw tooLarge('fragments', limits.fragments);
  const walk = new Walk(fragments, limits);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      walk.directives(definition.directives);
      for (const variable of definition.variableDefinitions ?? []) {
        walk.directives(variable.directives);
        walk.type(variable.type);
        if (variable.defaultValue) walk.value(variable.defaultValue, 0);
      }
      walk.merged([{ set: definition.selectionSet, braces: 1 }], 1);
    }
  }
  for (const fragment of fragments.values()) {
    walk.directives(fragment.directives);
    if (!walk.reached.has(fragment.name.value)) walk.merged([{ set: fragment.selectionSet, braces: 1 }], 1);
  }
}

/** Braces and brackets inside each other, of whatever kind. The planner's own parser stops at 50. */
const BRACES = 45;

/** A selection set or field, and how many braces stand round it. */
interface Nested {
  readonly set: SelectionSetNode;
  readonly braces: number;
}
interface NestedField {
  readonly field: FieldNode;
  readonly braces: number;
}

class Walk {
  readonly reached = new Set<string>();
  private directiveCount = 0;
  private selections = 0;
  private aliases = 0;
  private overlaps = 0;
  private readonly open: string[] = [];

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly limits: OperationLimits,
  ) {}

  /** All selection sets that stand under one response key. */
  merged(sets: readonly Nested[], depth: number, limit = this.limits.depth): void {
    const fields = new Map<string, NestedField[]>();
    for (const { set, braces } of sets) this.collect(set, braces, fields);
    if (depth > limit && fields.size > 0) throw tooDeep(limit);
    if (depth === 1 && fields.size > this.limits.rootFields) throw tooLarge('root fields', this.limits.rootFields);
    for (const group of fields.values()) {
      this.overlaps += (group.length * (group.length - 1)) / 2;
      if (this.overlaps > this.limits.overlaps) throw tooLarge('repeated fields', this.limits.overlaps);
      const below = group.flatMap(({ field: { selectionSet }, braces }) =>
        selectionSet ? [{ set: selectionSet, braces: braces + 1 }] : [],
      );
      const introspects = depth === 1 && group.every(({ field }) => isIntrospection(field.name.value));
      if (below.length > 0) this.merged(below, depth + 1, introspects ? this.limits.introspectionDepth : limit);
    }
  }

  private collect(set: SelectionSetNode, braces: number, fields: Map<string, NestedField[]>): void {
    if (braces > BRACES) throw tooDeep(BRACES);
    for (const selection of set.selections) {
      if (++this.selections > this.limits.selections) throw tooLarge('selections', this.limits.selections);
      this.directives(selection.directives);
      if (selection.kind === Kind.FIELD) this.field(selection, braces, fields);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.collect(selection.selectionSet, braces + 1, fields);
      else this.spread(selection.name.value, braces, fields);
    }
  }

  private field(field: FieldNode, braces: number, fields: Map<string, NestedField[]>): void {
    const key = field.alias?.value ?? field.name.value;
    if (key !== field.name.value && ++this.aliases > this.limits.aliases)
      throw tooLarge('aliases', this.limits.aliases);
    for (const argument of field.arguments ?? []) this.value(argument.value, 0, braces);
    const group = fields.get(key);
    if (group) group.push({ field, braces });
    else fields.set(key, [{ field, braces }]);
  }

  /** A cycle through fields is met by the depth limit, one without fields here. */
  private spread(name: string, braces: number, fields: Map<string, NestedField[]>): void {
    const fragment = this.fragments.get(name);
    if (!fragment) return;
    this.reached.add(name);
    if (this.open.includes(name)) throw cyclic(name);
    this.open.push(name);
    this.collect(fragment.selectionSet, braces + 1, fields);
    this.open.pop();
  }

  directives(directives: readonly DirectiveNode[] | undefined): void {
    if (!directives || directives.length === 0) return;
    this.directiveCount += directives.length;
    if (this.directiveCount > this.limits.directives) throw tooLarge('directives', this.limits.directives);
    for (const { arguments: given } of directives) for (const { value } of given ?? []) this.value(value, 0);
  }

  type(type: TypeNode): void {
    let depth = 0;
    for (let inner = type; inner.kind !== Kind.NAMED_TYPE; inner = inner.type) {
      if (++depth > this.limits.depth) throw tooDeep(this.limits.depth);
    }
  }

  value(value: ValueNode, depth: number, braces = 0): void {
    if (depth > this.limits.depth) throw tooDeep(this.limits.depth);
    if (braces > BRACES) throw tooDeep(BRACES);
    if (value.kind === Kind.LIST) {
      if (value.values.length > this.limits.listItems) throw tooLarge(LIST_ITEMS, this.limits.listItems);
      for (const item of value.values) this.value(item, depth + 1, braces + 1);
    }
    if (value.kind === Kind.OBJECT) for (const field of value.fields) this.value(field.value, depth + 1, braces + 1);
  }
}

export const tooDeep = (limit: number) =>
  new HubError('OPERATION_TOO_DEEP', say('operation.tooDeep', { limit }), { limit });

/** What there are too many of when a list is too long. */
export const LIST_ITEMS = 'elements in one list';

type Counted =
  | 'tokens'
  | 'fragments'
  | 'root fields'
  | 'repeated fields'
  | 'selections'
  | 'aliases'
  | 'directives'
  | 'condition variables'
  | typeof LIST_ITEMS;

export const tooLarge = (what: Counted, limit: number) =>
  new HubError('OPERATION_TOO_LARGE', say('operation.tooLarge', { limit, what: say(`counted.${what}`) }), {
    what,
    limit,
  });

const cyclic = (name: string) => {
  const message = `Cannot spread fragment "${name}" within itself.`;
  return new HubError('GRAPHQL_VALIDATION_FAILED', message, { errors: [{ message }] });
};
