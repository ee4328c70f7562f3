import { Kind, type SelectionSetNode } from 'graphql';
import {
  fieldOf,
  membersOf,
  namedOf,
  parseSet,
  type Field,
  type Interface,
  type ObjectType,
  type World,
} from './world.js';

/** Types that the fields of every graph use. */
const INPUTS = 'enum E { A B } input In { n: Int = 1, e: E, more: [In!] }';

/** SDL of the one schema without federation.
 *  @param lenient  every field may be null, so that every failure stands at its own place */
export function printWhole(world: World, lenient: boolean): string {
  const field = ({ name, args, type }: Field) => `${name}${args}: ${lenient ? type.replaceAll('!', '') : type}`;
  const visible = (fields: readonly Field[]) => fields.filter(({ inaccessible }) => !inaccessible);
  const parts = world.types.map(({ name, fields }) => {
    const own = world.interfaces.filter((each) => membersOf(world, each.name).includes(name));
    const all = [...visible(fields), ...own.flatMap(({ added }) => added)];
    return `type ${name}${writeImplements(own)} { ${all.map(field).join(' ')} }`;
  });
  for (const each of world.interfaces) {
    const names = new Set(Object.values(each.fields).flat());
    const all = [...[...names].map((name) => interfaceField(world, each, name)), ...each.added];
    parts.push(`interface ${each.name} { ${all.map(field).join(' ')} }`);
  }
  for (const { name } of world.unions) parts.push(`union ${name} = ${membersOf(world, name).join(' | ')}`);
  return [...parts, INPUTS].join('\n');
}

/** SDL of one subgraph. */
export function printSubgraph(world: World, subgraph: string): string {
  const printer = new Printer(world, subgraph);
  return [...printer.types(), ...printer.interfaces(), ...printer.unions(), INPUTS].join('\n');
}

/** Names of a type's fields that a subgraph mentions without resolving them. */
export const externalsOf = (world: World, subgraph: string, { name, fields }: ObjectType): string[] =>
  [...(mentionsOf(world, subgraph).get(name) ?? [])].filter((each) => {
    const field = fields.find((one) => one.name === each);
    return field !== undefined && !field.in.includes(subgraph) && field.overridden !== subgraph;
  });

class Printer {
  constructor(
    private readonly world: World,
    private readonly subgraph: string,
  ) {}

  types(): string[] {
    return this.world.types.flatMap((type) => {
      const { name, kind, keys, fields } = type;
      const externals = externalsOf(this.world, this.subgraph, type);
      const own = fields.filter((each) => each.in.includes(this.subgraph) || each.overridden === this.subgraph);
      const printed = fields.filter((each) => own.includes(each) || externals.includes(each.name));
      if (printed.length === 0) return [];
      const above = this.world.interfaces.filter((each) => this.membersHere(each).includes(name));
      const directives = (keys[this.subgraph] ?? []).map(writeKey);
      if (kind === 'value') directives.push('@shareable');
      const lines = printed.map((each) => this.field(each, kind !== 'value', externals.includes(each.name)));
      return [`type ${name}${writeImplements(above)} ${directives.join(' ')} { ${lines.join(' ')} }`];
    });
  }

  interfaces(): string[] {
    return this.world.interfaces.flatMap((each) => {
      const { name, added, objectIn } = each;
      if (objectIn.includes(this.subgraph)) {
        const own = added.filter((field) => field.in.includes(this.subgraph));
        const inputs = mentionsOf(this.world, this.subgraph).get(name) ?? [];
        const external = [...inputs].map(
          (input) => `${input}: ${interfaceField(this.world, each, input).type} @external`,
        );
        const lines = ['id: ID!', ...external, ...own.map((field) => this.field(field, true, false))];
        return [`type ${name} @key(fields: "id") @interfaceObject { ${lines.join(' ')} }`];
      }
      if (this.membersHere(each).length === 0) return [];
      const named = each.fields[this.subgraph] ?? ['j'];
      const fields = named.map((field) => interfaceField(this.world, each, field));
      const lines = fields.map(({ name: field, args, type }) => `${field}${args}: ${type}`);
      return [`interface ${name} ${objectIn.length > 0 ? '@key(fields: "id")' : ''} { ${lines.join(' ')} }`];
    });
  }

  unions(): string[] {
    return this.world.unions.flatMap(({ name, members }) => {
      const own = members[this.subgraph] ?? [];
      return own.length > 0 ? [`union ${name} = ${own.join(' | ')}`] : [];
    });
  }

  private membersHere = ({ members, mentions }: Interface): readonly string[] =>
    members[this.subgraph] ?? mentions?.[this.subgraph] ?? [];

  private field(field: Field, mayShare: boolean, external: boolean): string {
    const { name, args, type, requires, provides, overridden, moves, inaccessible } = field;
    const provided = provides?.[this.subgraph];
    const isOwn = field.in.includes(this.subgraph);
    const directives = external
      ? ['@external']
      : [
          mayShare && field.in.length > 1 && isOwn && '@shareable',
          requires !== undefined && `@requires(fields: "${requires}")`,
          provided !== undefined && `@provides(fields: "${provided}")`,
          overridden !== undefined &&
            isOwn &&
            `@override(from: "${overridden}"${moves ? `, label: "${this.world.label}"` : ''})`,
        ];
    if (inaccessible && !external) directives.push('@inaccessible');
    return [`${name}${args}: ${type}`, ...directives.filter((each) => each !== false)].join(' ');
  }
}

const writeKey = ({ text, resolvable }: { text: string; resolvable: boolean }) =>
  `@key(fields: "${text}"${resolvable ? '' : ', resolvable: false'})`;
const writeImplements = (interfaces: readonly Interface[]) =>
  interfaces.length > 0 ? ` implements ${interfaces.map(({ name }) => name).join(' & ')}` : '';

/** An interface's field: as its members have it, or leading to the interface itself where they have a type of it. */
function interfaceField(world: World, { name }: Interface, field: string): Field {
  const [first, ...others] = membersOf(world, name).flatMap((each) => fieldOf(world, each, field) ?? []);
  return others.every(({ type }) => type === first!.type) ? first! : { ...first!, type: name };
}

const known = new WeakMap<World, Map<string, Map<string, Set<string>>>>();
/** Fields that the keys, inputs and provided sets of a subgraph mention, by type. */
function mentionsOf(world: World, subgraph: string): Map<string, Set<string>> {
  const bySubgraph = known.get(world) ?? known.set(world, new Map()).get(world)!;
  const cached = bySubgraph.get(subgraph);
  if (cached) return cached;
  const mentions = new Map<string, Set<string>>();
  const walk = (type: string, set: SelectionSetNode): void => {
    for (const each of set.selections) {
      if (each.kind === Kind.INLINE_FRAGMENT) walk(each.typeCondition?.name.value ?? type, each.selectionSet);
      if (each.kind !== Kind.FIELD) continue;
      const name = each.name.value;
      // A field of an interface stands on every type that implements it there.
      const behind = world.interfaces.find((one) => one.name === type)?.mentions?.[subgraph] ?? [];
      for (const of of [type, ...behind]) (mentions.get(of) ?? mentions.set(of, new Set()).get(of)!).add(name);
      const field = fieldOf(world, type, name);
      if (each.selectionSet && field) walk(namedOf(field.type), each.selectionSet);
    }
  };
  const fieldsOf = [...world.types, ...world.interfaces.map(({ name, added }) => ({ name, fields: added }))];
  for (const { name, fields } of fieldsOf)
    for (const field of fields) {
      if (!field.in.includes(subgraph) && field.overridden !== subgraph) continue;
      if (field.requires !== undefined) walk(name, parseSet(field.requires));
      const provided = field.provides?.[subgraph];
      if (provided !== undefined) walk(namedOf(field.type), parseSet(provided));
    }
  for (const { name, keys } of world.types) for (const { text } of keys[subgraph] ?? []) walk(name, parseSet(text));
  bySubgraph.set(subgraph, mentions);
  return mentions;
}
