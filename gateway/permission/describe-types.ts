import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { coordinate, textIn, type ShareType } from '../../shared/kernel/index.js';
import { modeOfUse, type Resource, type ShareItem } from '../../shared/share/share-index.js';
import type { Decider } from './decider.js';
import type { DecisionContext } from './decision-context.js';

/** A type as a query builder needs it. */
export interface DescribedType {
  readonly name: string;
  readonly kind: 'OBJECT' | 'INTERFACE' | 'UNION' | 'ENUM' | 'INPUT_OBJECT' | 'SCALAR';
  readonly title: string;
  readonly resource?: { readonly code: string; readonly name: string };
  /** Of objects and interfaces; of `Query` those that lead into the catalogue. */
  readonly fields?: readonly DescribedField[];
  /** Of input objects. */
  readonly inputs?: readonly DescribedInput[];
  /** Of enumerations. */
  readonly values?: readonly { readonly name: string; readonly title: string }[];
  /** Names of the objects of a union or an interface. */
  readonly members?: readonly string[];
}
interface Typed {
  readonly name: string;
  readonly title: string;
  /** As the schema writes it, `[String!]!`. */
  readonly type: string;
  /** The type without lists. */
  readonly named: string;
  readonly kind: DescribedType['kind'];
  readonly list: boolean;
}
/** An argument, or a field of an input object. Its title is that of the item that it filters by, compares or counts. */
export interface DescribedInput extends Typed {
  /** Its description, where that says more than the title. */
  readonly help?: string;
  readonly required: boolean;
  /** The refusal that giving it leads to, now. */
  readonly refused?: Refused;
}
export interface DescribedField extends Typed {
  readonly args: readonly DescribedInput[];
  readonly shareType?: ShareType;
  /** Department code. */
  readonly provider?: string;
  readonly basic?: boolean;
  /** The resource that it leads to, of a root field. */
  readonly resource?: { readonly code: string; readonly name: string };
  /** Type of the records of the list in pages that a root field is. */
  readonly nodes?: string;
  /** The refusal that the caller would be given, now. */
  readonly refused?: Refused;
}
interface Refused {
  readonly code: string;
  readonly message: string;
}

/** Describes types of the consumers' schema to a caller, with the decision on each item under the scenario that they name.
 *  No provider is asked, and nothing is taken of quotas. What the schema does not have is left out.
 *  @source share-rules section 2, "Visibility" */
export async function describeTypes(
  names: readonly string[],
  schema: GraphQLSchema,
  decider: Decider,
  context: DecisionContext,
): Promise<DescribedType[]> {
  const describer = new TypeDescriber(schema, decider, context);
  const types = [...new Set(names)].flatMap((name) => schema.getType(name) ?? []);
  return Promise.all(types.map((type) => describer.describe(type)));
}

class TypeDescriber {
  private readonly resources: ReadonlyMap<string, Resource>;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly decider: Decider,
    private readonly context: DecisionContext,
  ) {
    this.resources = new Map(decider.index.resources.map((resource) => [resource.type, resource]));
  }

  async describe(type: GraphQLNamedType): Promise<DescribedType> {
    const head = { name: type.name, kind: kindOf(type), title: titleOf(type) };
    if (isEnumType(type))
      return { ...head, values: type.getValues().map((value) => ({ name: value.name, title: titleOf(value) })) };
    if (isInputObjectType(type)) {
      const inputs = Object.values(type.getFields()).map((field) => this.describeInput(field, type.name));
      return { ...head, inputs: await Promise.all(inputs) };
    }
    if (isUnionType(type)) return { ...head, members: type.getTypes().map(({ name }) => name) };
    if (!isObjectType(type) && !isInterfaceType(type)) return head;
    const isRoot = type === this.schema.getQueryType();
    const own = this.resources.get(type.name);
    const fields = Object.values(type.getFields()).map((field) => this.describeField(type.name, field, isRoot));
    return {
      ...head,
      ...(own && { resource: toName(own) }),
      ...(isInterfaceType(type) && { members: this.schema.getPossibleTypes(type).map(({ name }) => name) }),
      fields: (await Promise.all(fields)).flatMap((field) => field ?? []),
    };
  }

  private async describeField(parent: string, field: GraphQLField<unknown, unknown>, isRoot: boolean) {
    const item = this.decider.index.byCoordinate.get(coordinate(parent, field.name));
    const resource = isRoot
      ? (this.findResource(getNamedType(field.type)) ?? this.findResourceOfUses(field, item))
      : undefined;
    if (isRoot && !resource) return undefined;
    const inForce = item && this.decider.itemInForce(item, this.context);
    const uses = item?.argumentUses ?? {};
    const described: DescribedField = {
      ...typed(field, field.type),
      args: await Promise.all(field.args.map((each) => this.describeInput(each, undefined, uses[each.name] ?? []))),
      ...(inForce && {
        shareType: inForce.shareType,
        provider: inForce.provider,
        ...(inForce.basic && { basic: true }),
        ...(await this.refusalOf(inForce)),
      }),
      ...(resource && { resource: toName(resource), ...nodesOf(getNamedType(field.type)) }),
    };
    return described;
  }

  private async describeInput(
    input: GraphQLArgument | GraphQLInputField,
    parent: string | undefined,
    uses = parent === undefined ? [] : (this.decider.index.inputs.get(coordinate(parent, input.name)) ?? []),
  ): Promise<DescribedInput> {
    const required = parent === undefined ? isRequiredArgument(input) : isRequiredInputField(input);
    const items = uses.flatMap((use) => {
      const item = this.decider.index.byCoordinate.get(use.item);
      return item ? [{ use, item }] : [];
    });
    const base = typed(input, input.type);
    const title = items.length === 1 ? items[0]!.item.title : base.title;
    const help = input.description && input.description !== title ? input.description : undefined;
    const found: DescribedInput = { ...base, title, ...(help && { help }), required };
    for (const { use, item } of items) {
      const refusal = await this.refusalOf(this.decider.itemInForce(item, this.context), modeOfUse(use));
      if (refusal.refused) return { ...found, ...refusal };
    }
    return found;
  }

  /** The first refusal of an item and of all that it needs, such as the implementations of an interface's field. */
  private async refusalOf(
    item: ShareItem,
    mode?: Parameters<Decider['decideItem']>[2],
  ): Promise<{ refused?: Refused }> {
    const { byCoordinate } = this.decider.index;
    for (const each of [item, ...item.needs.flatMap((at) => byCoordinate.get(at) ?? [])]) {
      const { denial } = await this.decider.decideItem(
        this.decider.itemInForce(each, this.context),
        this.context,
        mode,
      );
      if (denial)
        return { refused: { code: denial.code, message: textIn(denial.text, this.context.language ?? 'en') } };
    }
    return {};
  }

  /** The resource whose records a type is or lists: its own, else the first below it. */
  private findResource(type: GraphQLNamedType, depth = 2): Resource | undefined {
    const own = this.resources.get(type.name);
    if (own || depth === 0) return own;
    const below = isObjectType(type)
      ? Object.values(type.getFields()).map((field) => getNamedType(field.type))
      : isUnionType(type) || isInterfaceType(type)
        ? this.schema.getPossibleTypes(type)
        : [];
    for (const each of below) {
      const found = this.findResource(each, depth - 1);
      if (found) return found;
    }
    return undefined;
  }

  /** The resource whose items a field compares or counts without giving any of them. */
  private findResourceOfUses({ args }: GraphQLField<unknown, unknown>, item: ShareItem | undefined) {
    const { inputs, byCoordinate } = this.decider.index;
    const uses = args.flatMap(({ name, type }) => {
      const named = getNamedType(type);
      const members = isInputObjectType(named)
        ? Object.keys(named.getFields())
        : isEnumType(named)
          ? named.getValues().map((value) => value.name)
          : [];
      return [item?.argumentUses[name], ...members.map((member) => inputs.get(coordinate(named.name, member)))];
    });
    return uses
      .flatMap((each) => each ?? [])
      .map((use) => byCoordinate.get(use.item)?.resource)
      .find(Boolean);
  }
}

function nodesOf(type: GraphQLNamedType): { nodes?: string } {
  const nodes = isObjectType(type) ? type.getFields().nodes : undefined;
  return nodes ? { nodes: getNamedType(nodes.type).name } : {};
}

const toName = ({ code, name }: Resource): { code: string; name: string } => ({ code, name });

/** The first line of a description, which the catalogue shows as a name; the schema's name where there is none. */
const titleOf = ({ name, description }: { name: string; description?: string | null }): string =>
  description?.split('\n', 1)[0] || name;

function typed(
  { name, description }: { name: string; description?: string | null },
  type: GraphQLOutputType | GraphQLInputType,
): Typed {
  const named = getNamedType(type);
  const list = isListType(isNonNullType(type) ? type.ofType : type);
  return {
    name,
    title: titleOf({ name, description }),
    type: String(type),
    named: named.name,
    kind: kindOf(named),
    list,
  };
}

function kindOf(type: GraphQLNamedType): DescribedType['kind'] {
  if (isEnumType(type)) return 'ENUM';
  if (isLeafType(type)) return 'SCALAR';
  if (isInputObjectType(type)) return 'INPUT_OBJECT';
  if (isUnionType(type)) return 'UNION';
  return isInterfaceType(type) ? 'INTERFACE' : 'OBJECT';
}
