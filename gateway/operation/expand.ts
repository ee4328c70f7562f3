import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  print,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type SourceLocation,
} from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import {
  findIdentifierArguments,
  NO_IDENTIFIERS,
  normaliseArgument,
  type Identifiers,
} from './identifier-arguments.js';
import { toInnerKey, toInnerVariable } from './internal-names.js';
import { tooLarge } from './measure.js';
import type { Site } from '../request/operation.js';
import { UNCONDITIONAL, type Condition, type Selection } from '../request/selection.js';
import { siteArguments } from './site-arguments.js';

/** Bits of one integer. */
const CONDITION_LIMIT = 30;

export interface Expanded {
  readonly selections: readonly Selection[];
  readonly sites: readonly Site[];
  /** Boolean variables that `@skip` and `@include` ask, in bit order. */
  readonly conditions: readonly string[];
}

/** Expands a validated operation into selections and sites.
 *  @throws HubError OPERATION_TOO_LARGE when more variables than bits decide conditions */
export function expand(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  prefix: string,
  identifiers: Identifiers = NO_IDENTIFIERS,
  locations: ReadonlyMap<FieldNode, SourceLocation> = new Map(),
): Expanded {
  const expansion = new Expansion(schema, fragments, prefix, identifiers, locations);
  const root = schema.getRootType(operation.operation)!;
  const selections = expansion.set(operation.selectionSet, root, [], UNCONDITIONAL);
  return { selections, sites: expansion.sites, conditions: expansion.conditions };
}

class Expansion {
  readonly sites: Site[] = [];
  readonly conditions: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly prefix: string,
    private readonly identifiers: Identifiers,
    private readonly locations: ReadonlyMap<FieldNode, SourceLocation>,
  ) {}

  /** @param above  when the set itself takes part */
  set(set: SelectionSetNode, parent: GraphQLNamedType, path: readonly string[], above: Condition): Selection[] {
    return set.selections.map((selection): Selection => {
      if (selection.kind === Kind.FIELD) return this.field(selection, parent, path, above);
      const spread = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value)! : selection;
      const name = spread.typeCondition?.name.value ?? parent.name;
      const condition = this.condition(selection.directives);
      const selections = this.set(spread.selectionSet, this.schema.getType(name)!, path, both(above, condition));
      return { kind: 'fragment', type: name, selections, ...condition };
    });
  }

  private field(node: FieldNode, parent: GraphQLNamedType, path: readonly string[], above: Condition): Selection {
    const name = node.name.value;
    const key = node.alias?.value ?? name;
    const meta = metaField(name);
    const field = meta ?? fieldOf(parent, name);
    const at = [...path, key];
    const own = this.condition(node.directives);
    const condition = both(above, own);
    const place = coordinate(parent.name, name);
    const args = (node.arguments ?? []).map((each) => normaliseArgument(each, field, place, this.identifiers));
    const site = meta ? -1 : this.site(node, args, place, field, at, condition);
    const named = getNamedType(field.type);
    return {
      kind: 'field',
      site,
      name,
      key,
      inner: meta ? name : toInnerKey(key, field, this.prefix),
      type: field.type,
      ...printArguments(args),
      selections: node.selectionSet && !meta ? this.set(node.selectionSet, named, at, condition) : undefined,
      node,
      ...own,
    };
  }

  private site(
    node: FieldNode,
    args: readonly ArgumentNode[],
    at: Coordinate,
    field: GraphQLField<unknown, unknown>,
    path: string[],
    condition: Condition,
  ): number {
    const index = this.sites.length;
    const named = findIdentifierArguments(args, field, at, this.identifiers);
    const isConditional = condition.never || condition.on !== 0 || condition.off !== 0;
    this.sites.push({
      index,
      coordinate: at,
      path,
      args: siteArguments(node, field),
      location: this.locations.get(node),
      ...(isConditional && { condition }),
      ...(named.length > 0 && { identifiers: named }),
    });
    return index;
  }

  private condition(directives: readonly DirectiveNode[] | undefined): Condition {
    let on = 0;
    let off = 0;
    let never = false;
    for (const directive of directives ?? []) {
      const name = directive.name.value;
      if (name !== 'skip' && name !== 'include') continue;
      const value = directive.arguments?.[0]?.value;
      if (value?.kind === Kind.BOOLEAN) never ||= value.value === (name === 'skip');
      if (value?.kind !== Kind.VARIABLE) continue;
      if (name === 'include') on |= this.bit(value.name.value);
      else off |= this.bit(value.name.value);
    }
    return { on, off, never };
  }

  private bit(variable: string): number {
    let index = this.conditions.indexOf(variable);
    if (index < 0) index = this.conditions.push(variable) - 1;
    if (index >= CONDITION_LIMIT) throw tooLarge('condition variables', CONDITION_LIMIT);
    return 1 << index;
  }
}

const both = (above: Condition, own: Condition): Condition =>
  above === UNCONDITIONAL ? own : { on: above.on | own.on, off: above.off | own.off, never: above.never || own.never };

function metaField(name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  return name === TypeMetaFieldDef.name ? TypeMetaFieldDef : undefined;
}

function fieldOf(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  if (!field) throw new Error(`${parent.name}.${name} passed validation but is not in the schema`);
  return field;
}

function printArguments(args: readonly ArgumentNode[]): { args: string; variables: readonly string[] } {
  const variables = new Set<string>();
  const printed = args.map(({ name, value }) => {
    const renamed = visit(value, {
      Variable(node) {
        variables.add(node.name.value);
        return { ...node, name: { kind: Kind.NAME, value: toInnerVariable(node.name.value) } };
      },
    });
    return `${name.value}: ${print(renamed)}`;
  });
  return { args: printed.length > 0 ? `(${printed.join(', ')})` : '', variables: [...variables] };
}
