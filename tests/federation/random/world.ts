import { parse, type SelectionSetNode } from 'graphql';

/** A made-up federated graph as data: everything else (SDL, resolvers, the one schema without federation) follows from it. */
export interface World {
  readonly subgraphs: readonly string[];
  readonly types: readonly ObjectType[];
  readonly interfaces: readonly Interface[];
  readonly unions: readonly Union[];
  /** Of the fields that move from one subgraph to another by a label: `percent(n)`, or one that is switched. */
  readonly label?: string;
  /** A label that is switched is on. */
  readonly isSwitchedOn?: boolean;
}

export interface ObjectType {
  readonly name: string;
  /** `root` is Query or Mutation; a `value` has no key and is the same in every subgraph that has it. */
  readonly kind: 'root' | 'entity' | 'value';
  /** By subgraph; empty of anything but an entity. */
  readonly keys: Readonly<Record<string, readonly Key[]>>;
  readonly fields: readonly Field[];
}

export interface Key {
  readonly text: string;
  readonly resolvable: boolean;
}

export interface Field {
  readonly name: string;
  readonly type: string;
  /** Arguments as in SDL, with their defaults; '' for none. */
  readonly args: string;
  /** Subgraphs that resolve it. */
  readonly in: readonly string[];
  /** What it is computed from, where one subgraph resolves it. */
  readonly requires?: string;
  /** What the path provides, by subgraph. */
  readonly provides?: Readonly<Record<string, string>>;
  /** A subgraph that still has it, and that must not be asked. */
  readonly overridden?: string;
  /** That subgraph is asked where the world's label is not active, and the other one must not be. */
  readonly moves?: boolean;
  readonly inaccessible?: boolean;
  /** Neither null nor thrown: parts of keys, and non-null inputs. */
  readonly sure?: boolean;
}

export interface Interface {
  readonly name: string;
  /** Names of the fields, by subgraph. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Object types that implement it, by subgraph. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Object types that implement it in a subgraph that resolves none of its fields. */
  readonly mentions?: Readonly<Record<string, readonly string[]>>;
  /** Fields that subgraphs which have it as `@interfaceObject` add to every member. */
  readonly added: readonly Field[];
  /** Those subgraphs. */
  readonly objectIn: readonly string[];
}

export interface Union {
  readonly name: string;
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export const namedOf = (type: string): string => type.replace(/[[\]!]/g, '');
export const typeNamed = (world: World, name: string): ObjectType | undefined =>
  world.types.find((each) => each.name === name);
export const abstractNamed = (world: World, name: string): Interface | Union | undefined =>
  [...world.interfaces, ...world.unions].find((each) => each.name === name);

/** Object types that implement an interface or are in a union, in any subgraph or one. */
export function membersOf(world: World, name: string, subgraph?: string): string[] {
  const members = abstractNamed(world, name)?.members ?? {};
  return [...new Set(subgraph === undefined ? Object.values(members).flat() : (members[subgraph] ?? []))];
}

/** A type's field, also one that an interface object adds. */
export function fieldOf(world: World, type: string, name: string): Field | undefined {
  const own = typeNamed(world, type)?.fields.find((each) => each.name === name);
  if (own) return own;
  for (const each of world.interfaces) {
    const added = each.name === type || membersOf(world, each.name).includes(type) ? each.added : [];
    const found = added.find((field) => field.name === name);
    if (found) return found;
  }
  return undefined;
}

/** The world as it is where its label is active, or is not: every field has moved or stayed. */
export function settle(world: World, isActive: boolean): World {
  const settled = (field: Field): Field => {
    const { moves, ...rest } = field;
    if (!moves) return field;
    return isActive ? rest : { ...rest, in: [field.overridden!], overridden: field.in[0]! };
  };
  return { ...world, types: world.types.map((type) => ({ ...type, fields: type.fields.map(settled) })) };
}

const sets = new Map<string, SelectionSetNode>();
/** The selection set of a federation directive. */
export function parseSet(text: string): SelectionSetNode {
  let known = sets.get(text);
  if (!known) {
    const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
    sets.set(text, (known = (definition as { selectionSet: SelectionSetNode }).selectionSet));
  }
  return known;
}

/** Type conditions that an object of a type meets. */
export const meets = (world: World, type: string, condition: string | undefined): boolean =>
  condition === undefined || condition === type || membersOf(world, condition).includes(type);
