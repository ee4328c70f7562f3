import type { Draw } from '../../model/draw.js';
import {
  membersOf,
  namedOf,
  type Field,
  type Interface,
  type Key,
  type ObjectType,
  type Union,
  type World,
} from './world.js';

const KEYS = ['id', 'id', 'code', 'id code', 'ref { k }', 'id ref { k }', 'twin { id }', 'id __typename'];
const LEAVES = ['String', 'String', 'String', 'Int', 'E', '[String]', 'String!', '[Int!]!'];

/** Draws a graph over every feature of federation 2 that the hub carries out. It need not compose. */
export function drawWorld(draw: Draw): World {
  return new Drawing(draw).world();
}

type Keys = Record<string, Key[]>;

class Drawing {
  private readonly plain: string[];
  private readonly facades: string[];
  private readonly entities: string[];
  private readonly keys: Record<string, Keys> = {};
  private readonly hasSplit: boolean;
  private readonly hasSolo: boolean;
  /** Every entity has one key, many inputs must not be null, and there is no mutation. */
  private readonly hasSureInputs: boolean;
  private readonly label: string | undefined;
  private interfaces: Interface[] = [];
  private unions: Union[] = [];

  constructor(private readonly draw: Draw) {
    this.plain = draw.times(2 + draw.below(3), (n) => `s${n}`);
    this.facades = draw.times(draw.below(3), (n) => `io${n}`);
    this.entities = draw.times(2 + draw.below(2), (n) => `T${n}`);
    this.hasSplit = draw.chance(60);
    this.hasSolo = draw.chance(30);
    this.hasSureInputs = draw.chance(25);
    this.label = draw.chance(40) ? draw.pick(['percent(40)', 'moving']) : undefined;
  }

  world(): World {
    const { draw, entities } = this;
    for (const name of entities) this.keys[name] = this.drawKeys();
    if (this.hasSolo) this.keys['Solo'] = this.soloKeys();
    this.interfaces = [this.party(), ...(draw.chance(50) ? [this.mixed()] : [])].filter(isKnown);
    this.unions = [
      this.union('U', entities),
      ...(draw.chance(40) ? [this.union('W', [...entities, 'V1'])] : []),
    ].filter(isKnown);
    const types = entities.map((name) => this.entity(name));
    if (this.hasSolo) types.push(this.solo());
    const values = [...(this.hasSplit ? [this.splitValue()] : []), this.wholeValue()];
    const roots = ['Query', ...(!this.hasSureInputs && draw.chance(60) ? ['Mutation'] : [])].map((name) =>
      this.root(name),
    );
    const world = {
      subgraphs: [...this.plain, ...this.facades],
      types: [...roots, ...types, ...values],
      interfaces: this.interfaces,
      unions: this.unions,
      ...(this.label !== undefined && { label: this.label, isSwitchedOn: draw.chance(50) }),
    };
    return this.withKeyTypes(this.withInputs(this.withProvides(world)));
  }

  /** A type with one object, whose name is its key. */
  private solo(): ObjectType {
    const { draw } = this;
    const keys = this.keys['Solo']!;
    const fields = Object.keys(keys).map((subgraph, n) => this.field(`s${n}`, draw.pick(LEAVES), [subgraph]));
    return { name: 'Solo', kind: 'entity', keys, fields };
  }

  private soloKeys(): Keys {
    const homes = this.draw.some(this.plain, 80);
    const all = homes.length > 0 ? homes : this.plain;
    return Object.fromEntries(all.map((subgraph) => [subgraph, [{ text: '__typename', resolvable: true }]]));
  }

  private drawKeys(): Keys {
    const { draw } = this;
    const shared = draw.pick(['id', 'id', 'id', 'code']);
    const keys: Keys = {};
    for (const subgraph of this.plain) {
      if (this.hasSureInputs) keys[subgraph] = [{ text: 'id', resolvable: true }];
      if (this.hasSureInputs || draw.chance(15)) continue;
      const texts = draw.chance(88) ? [shared] : [];
      for (let n = draw.below(3); n > 0; n--) texts.push(draw.pick(KEYS));
      keys[subgraph] = [...new Set(texts.length > 0 ? texts : [shared])].map((text) => ({
        text,
        resolvable: !draw.chance(6),
      }));
    }
    return keys;
  }

  /** A subgraph that mentions an entity has at least a stub of it. */
  private mention(subgraph: string, type: string): void {
    const keys = this.keys[type];
    if (keys && !keys[subgraph])
      keys[subgraph] = [{ text: Object.values(keys)[0]?.[0]?.text ?? 'id', resolvable: false }];
  }

  /** The interface of all entities, which other subgraphs may have as an object. */
  private party(): Interface {
    const { draw } = this;
    const home = this.plain[0]!;
    const objectIn = this.facades;
    for (const name of this.entities) {
      this.mention(home, name);
      if (objectIn.length === 0) continue;
      const keys = this.keys[name]!;
      keys[home] = [{ text: 'id', resolvable: true }, ...keys[home]!.filter(({ text }) => text !== 'id')];
    }
    const added = objectIn.flatMap((subgraph, n): Field[] => [
      this.field(`x${n}a`, 'String', [subgraph]),
      { ...this.field(`x${n}b`, 'String', [subgraph]), requires: 'i' },
      ...(draw.chance(60) ? [this.field(`x${n}c`, draw.pick(['I', '[I]', '[I!]']), [subgraph])] : []),
      ...(draw.chance(40) ? [this.field(`x${n}d`, draw.pick(['V1', '[V1]']), [subgraph])] : []),
    ]);
    const fields = { [home]: ['id', 'i', ...(draw.chance(40) ? ['peer'] : [])] };
    return { name: 'I', fields, members: { [home]: this.entities }, added, objectIn };
  }

  /** An interface of which each subgraph knows some members. */
  private mixed(): Interface {
    const { draw } = this;
    const members: Record<string, string[]> = {};
    for (const subgraph of draw.some(this.plain, 70)) {
      const own = draw.some(this.entities, 70);
      if (own.length === 0) continue;
      members[subgraph] = own;
      own.forEach((name) => this.mention(subgraph, name));
    }
    const fields = Object.fromEntries(
      Object.keys(members).map((subgraph) => [subgraph, draw.chance(70) ? ['j', 'jn'] : ['j']]),
    );
    return { name: 'J', fields, members, added: [], objectIn: [] };
  }

  private union(name: string, from: readonly string[]): Union {
    const { draw } = this;
    const members: Record<string, string[]> = {};
    for (const subgraph of draw.some(this.plain, 70)) {
      const own = draw.some(from, 75);
      if (own.length > 0) members[subgraph] = own;
      own.forEach((each) => this.mention(subgraph, each));
    }
    return { name, members };
  }

  private entity(name: string): ObjectType {
    const { draw } = this;
    const keys = this.keys[name]!;
    const fields: Field[] = [];
    const own = () => {
      const homes = Object.keys(keys).filter((each) => keys[each]!.some(({ resolvable }) => resolvable));
      return homes.length > 0 ? homes : Object.keys(keys);
    };
    for (let i = 0, n = 3 + draw.below(4); i < n; i++) {
      const homes = own();
      const field = this.field(`f${i}`, draw.pick(LEAVES), [draw.pick(homes)]);
      const [other] = draw.some(
        homes.filter((each) => !field.in.includes(each)),
        30,
      );
      if (other === undefined) fields.push({ ...field, ...(draw.chance(10) && { inaccessible: true }) });
      else if (draw.chance(50)) fields.push({ ...field, in: [...field.in, other] });
      else
        fields.push({
          ...field,
          overridden: other,
          ...(this.label !== undefined && draw.chance(60) && { moves: true }),
        });
    }
    for (let i = 0, n = 1 + draw.below(3); i < n; i++) fields.push(this.link(`l${i}`, own()));
    for (const each of this.interfaces) {
      if (!membersOf(this.draft(), each.name).includes(name)) continue;
      const names = new Set(
        Object.entries(each.fields).flatMap(([subgraph, all]) => (each.members[subgraph]!.includes(name) ? all : [])),
      );
      for (const field of names) {
        const homes = Object.keys(each.fields).filter(
          (s) => each.members[s]!.includes(name) && each.fields[s]!.includes(field),
        );
        if (field === 'i' || field === 'j')
          fields.push({ ...this.field(field, 'String', homes), args: field === 'j' ? '(n: Int = 1)' : '' });
        if (field === 'jn') fields.push({ ...this.field(field, 'Int', homes), args: '' });
        if (field === 'peer') fields.push({ ...this.field(field, draw.chance(50) ? 'I' : name, homes), args: '' });
      }
    }
    return { name, kind: 'entity', keys, fields };
  }

  private link(name: string, homes: readonly string[]): Field {
    const { draw } = this;
    const subgraph = draw.pick(homes);
    const targets = [
      ...this.entities,
      ...this.entities,
      'V1',
      ...this.abstractIn(subgraph),
      ...(this.hasSplit ? ['V0'] : []),
      ...(this.hasSolo ? ['Solo'] : []),
    ];
    const target = draw.pick(targets);
    const lists = [`[${target}]`, `[${target}!]!`, `[[${target}]]`];
    const type = draw.pick(
      this.hasSureInputs ? [...lists, `[${target}!]`, `[${target}!]!`] : [target, target, `${target}!`, ...lists],
    );
    const both = this.plain.slice(0, 2);
    if (target === 'V0' && both.every((each) => homes.includes(each))) return this.field(name, type, both);
    if (target === 'V0') return this.field(name, type.replace('V0', 'V1'), [subgraph]);
    this.mention(subgraph, target);
    const [other] = draw.some(
      homes.filter((each) => each !== subgraph && !/[UWJI]/.test(target)),
      15,
    );
    if (other !== undefined) this.mention(other, target);
    return this.field(name, type, other === undefined ? [subgraph] : [subgraph, other]);
  }

  private abstractIn(subgraph: string): string[] {
    return [...this.interfaces, ...this.unions]
      .filter(({ members }) => members[subgraph]?.length)
      .map(({ name }) => name);
  }

  /** A value type of which two subgraphs have a part each. */
  private splitValue(): ObjectType {
    const [a, b] = this.plain as [string, string];
    const fields = [
      this.field('v0', 'String', [a]),
      this.field('v1', 'Int', [b]),
      this.field('w', this.draw.pick(['V0', '[V0]']), [a, b]),
    ];
    return { name: 'V0', kind: 'value', keys: {}, fields };
  }

  private wholeValue(): ObjectType {
    const all = [...this.plain, ...this.facades];
    const fields = [
      this.field('a', 'String', all),
      this.field('b', 'Int', all),
      this.field('c', this.draw.pick(['V1', '[[V1]]']), all),
    ];
    if (this.facades.length === 0 && this.draw.chance(60)) {
      const target = this.draw.pick(this.entities);
      this.plain.forEach((subgraph) => this.mention(subgraph, target));
      fields.push(this.field('e', target, all));
    }
    return { name: 'V1', kind: 'value', keys: {}, fields };
  }

  private root(name: string): ObjectType {
    const { draw } = this;
    const fields: Field[] = [];
    for (const subgraph of this.plain) {
      for (let n = 1 + draw.below(3); n > 0; n--) {
        const drawn = this.link(`${name === 'Query' ? 'q' : 'm'}${fields.length}`, [subgraph]);
        // After a mutation that may not be null and fails, the others need not be carried out.
        const field = name === 'Query' ? drawn : { ...drawn, type: drawn.type.replace(/!$/, '') };
        const [other] = draw.some(
          this.plain.filter((each) => each !== subgraph),
          /[UWJI]/.test(field.type) ? 0 : 20,
        );
        if (other !== undefined) this.mention(other, namedOf(field.type));
        fields.push(other === undefined || name === 'Mutation' ? field : { ...field, in: [subgraph, other] });
      }
    }
    if (this.hasSplit && name === 'Query')
      fields.push(this.field('qv', draw.pick(['V0', '[V0]']), this.plain.slice(0, 2)));
    for (const [n, subgraph] of this.facades.entries())
      if (name === 'Query' || draw.chance(50))
        fields.push(this.field(`${name === 'Query' ? 'q' : 'm'}i${n}`, draw.pick(['I', '[I]', '[I!]']), [subgraph]));
    return { name, kind: 'root', keys: {}, fields };
  }

  private field(name: string, type: string, homes: readonly string[]): Field {
    const args = this.draw.chance(25)
      ? this.draw.pick(['(n: Int = 3)', '(n: Int, e: E)', '(o: In)', '(es: [E!], s: String = "x")'])
      : '';
    return { name, type, args, in: homes };
  }

  private draft(): World {
    return { subgraphs: [], types: [], interfaces: this.interfaces, unions: this.unions };
  }

  /** Fields computed from fields of other subgraphs, in chains, nested, and over types. */
  private withInputs(world: World): World {
    const { draw } = this;
    const hasMutation = world.types.some(({ name }) => name === 'Mutation');
    /** An input that must not be null and still may fail, and whose object cannot be asked for it by itself: of several that
     *  fail, one that does not fail may be lost with them. */
    let spared: Field | undefined;
    const types = world.types.map((type): ObjectType => {
      if (type.kind !== 'entity') return type;
      const fields = [...type.fields];
      const homes = Object.keys(type.keys).filter((each) => type.keys[each]!.some(({ resolvable }) => resolvable));
      for (let i = 0, n = draw.below(4); i < n && homes.length > 0; i++) {
        const home = draw.pick(homes);
        const inputs = draw.some(
          fields.filter((each) => this.isInput(each, home)),
          40,
        );
        const most = this.hasSureInputs ? 1 + draw.below(2) : 3;
        const requires = inputs.flatMap((each) => this.writeInput(world, each, home) ?? []).slice(0, most);
        if (requires.length === 0) continue;
        const own = draw.chance(75) ? this.field(`r${i}`, 'String', [home]) : this.link(`r${i}`, [home]);
        const computed = { ...own, in: [home], requires: requires.join(' ') };
        fields.push(
          own.type === 'String'
            ? this.mayTakeOver(
                computed,
                homes,
                inputs.filter(({ name }) => requires.some((each) => each.startsWith(name))),
              )
            : computed,
        );
      }
      // A mutation is carried out once, so a failed input takes its object along.
      const required = new Set(fields.flatMap(({ requires }) => requires?.match(/\w+/g) ?? []));
      return {
        ...type,
        fields: fields.map((each) => {
          if (!required.has(each.name)) return each;
          const isAskedAlone = hasOneKey(type, each) && !isProvided(world, type, each);
          const isSure = each.type.endsWith('!');
          if (this.hasSureInputs && isAskedAlone && isPlainLeaf(each) && !isSure && draw.chance(50))
            return { ...each, type: `${each.type}!` };
          if (!each.type.includes('!')) return each;
          const mayFail = !hasMutation && draw.chance(70);
          if (mayFail && isAskedAlone) return each;
          if (mayFail && spared === undefined) spared = each;
          return each === spared ? each : { ...each, type: each.type.replaceAll('!', '') };
        }),
      };
    });
    const drawn = { ...world, types, interfaces: this.interfaces };
    return spared ? mayLose(drawn, spared) : drawn;
  }

  /** A computed field that another subgraph has computed until now, of the same inputs. A label beside inputs is refused. */
  private mayTakeOver(field: Field, homes: readonly string[], inputs: readonly Field[]): Field {
    const { draw } = this;
    const lacksInputs = (home: string) => inputs.every((each) => isPlainLeaf(each) && this.isInput(each, home));
    const others = homes.filter((each) => !field.in.includes(each) && lacksInputs(each));
    if (others.length === 0 || !draw.chance(80)) return field;
    return { ...field, overridden: draw.pick(others) };
  }

  private isInput = (field: Field, home: string): boolean =>
    !field.in.includes(home) &&
    field.overridden !== home &&
    !field.type.includes('W') &&
    !field.in.some((each) => this.facades.includes(each));

  private writeInput(world: World, { name, type, args }: Field, home: string): string | undefined {
    const { draw } = this;
    const target = namedOf(type);
    const written = args.startsWith('(n: Int') && draw.chance(60) ? `${name}(n: ${draw.below(3)})` : name;
    if (target === 'V1') return `${written} { a${draw.chance(40) ? ' c { b }' : ''} }`;
    if (target === 'V0' || target === 'I') return undefined;
    if (target === 'U') return this.requireOfUnion(world, written, home);
    const common = this.requireOfInterface(target, home);
    if (target === 'J' || common !== undefined) return common && `${written} { ${common} }`;
    const entity = world.types.find((each) => each.name === target && each.kind === 'entity');
    if (!entity) return written;
    const inner = findInner(entity, home);
    if (!inner) return undefined;
    this.mention(home, target);
    return `${written} { ${inner.name} }`;
  }

  /** Fields of the members of a union that a subgraph knows. */
  private requireOfUnion({ types }: World, written: string, home: string): string | undefined {
    const known = this.unions.find(({ name }) => name === 'U')?.members[home] ?? [];
    const parts = known.flatMap((member) => {
      const inner = findInner(
        types.find(({ name }) => name === member)!,
        home,
      );
      return inner && this.draw.chance(80) ? [`... on ${member} { ${inner.name} }`] : [];
    });
    return parts.length > 0 ? `${written} { ${parts.join(' ')} }` : undefined;
  }

  /** A field of an interface, required of objects of a type that implements it elsewhere.
   *  @returns undefined where there is none, or chance wants none */
  private requireOfInterface(target: string, home: string): string | undefined {
    const { draw } = this;
    const known = this.interfaces.findIndex(({ name }) => name === 'J');
    const mixed = this.interfaces[known];
    if (!mixed || mixed.members[home]) return undefined;
    const all = membersOf(this.draft(), 'J');
    const members = target === 'J' ? all : all.filter((each) => each === target);
    if (members.length === 0 || (target !== 'J' && draw.chance(30))) return undefined;
    members.forEach((each) => this.mention(home, each));
    const mentions = { ...mixed.mentions, [home]: [...new Set([...(mixed.mentions?.[home] ?? []), ...members])] };
    this.interfaces[known] = { ...mixed, mentions };
    return draw.chance(70) ? '... on J { j }' : 'j';
  }

  /** Links that bring fields along which their subgraph does not resolve otherwise. */
  private withProvides(world: World): World {
    const { draw } = this;
    const types = world.types.map((type): ObjectType => ({
      ...type,
      fields: type.fields.map((field): Field => {
        const [subgraph] = field.in;
        // An interface object gives a field of its interface where the path provides it.
        if (namedOf(field.type) === 'I' && this.facades.includes(subgraph!) && draw.chance(40))
          return { ...field, provides: { [subgraph!]: 'i' } };
        const target = world.types.find((each) => each.name === namedOf(field.type) && each.kind === 'entity');
        if (!target || subgraph === undefined || field.requires !== undefined || !draw.chance(30)) return field;
        const mayGive = (each: Field) =>
          !each.in.includes(subgraph) &&
          each.overridden !== subgraph &&
          each.args === '' &&
          /^\[?(String|Int|E)/.test(each.type);
        const given = draw.some(target.fields.filter(mayGive), 40);
        return given.length === 0
          ? field
          : { ...field, provides: { [subgraph]: given.map(({ name }) => name).join(' ') } };
      }),
    }));
    return { ...world, types };
  }

  /** The fields that keys name, in every subgraph whose keys name them. */
  private withKeyTypes(world: World): World {
    const naming = (keys: ObjectType['keys'], part: string) =>
      Object.keys(keys).filter((each) => keys[each]!.some(({ text }) => text.split(/[ {}]+/).includes(part)));
    const sure = (name: string, type: string, homes: string[]): Field => ({
      name,
      type,
      args: '',
      in: homes,
      sure: true,
    });
    const all: Record<string, Set<string>> = { ref: new Set(), twin: new Set() };
    const types = world.types.map((type): ObjectType => {
      if (type.kind !== 'entity') return type;
      const parts = [
        ['id', 'ID!'],
        ['code', 'String!'],
        ['ref', 'K!'],
        ['twin', 'Twin!'],
      ] as const;
      const named = parts.map(([name, of]) =>
        sure(name, of, name === 'id' ? this.idIn(world, type) : naming(type.keys, name)),
      );
      for (const { name, in: homes } of named) homes.forEach((each) => all[name]?.add(each));
      return { ...type, fields: [...named.filter((each) => each.in.length > 0), ...type.fields] };
    });
    const [refs, twins] = [[...all.ref!], [...all.twin!]];
    if (refs.length > 0) types.push({ name: 'K', kind: 'value', keys: {}, fields: [sure('k', 'String!', refs)] });
    if (twins.length > 0) {
      const keys = Object.fromEntries(twins.map((each) => [each, [{ text: 'id', resolvable: true }]]));
      const fields = [
        sure('id', 'ID!', twins),
        this.field('t0', 'String', [twins[0]!]),
        this.field('t1', 'String', [twins.at(-1)!]),
      ];
      types.push({ name: 'Twin', kind: 'entity', keys, fields });
    }
    return { ...world, types };
  }

  private idIn(world: World, { name, keys }: ObjectType): string[] {
    const byKey = Object.keys(keys).filter((each) =>
      keys[each]!.some(({ text }) =>
        text
          .replace(/\{.*?\}/g, '')
          .split(/ +/)
          .includes('id'),
      ),
    );
    const byInterface = world.interfaces.flatMap(({ fields, members }) =>
      Object.keys(fields).filter((each) => fields[each]!.includes('id') && members[each]!.includes(name)),
    );
    return [...new Set([...byKey, ...byInterface])];
  }
}

/** A field that another subgraph may require below a link to its object. */
const findInner = ({ fields }: ObjectType, home: string): Field | undefined =>
  fields.find(
    (each) =>
      /^\[?(String|Int|E)/.test(each.type) &&
      !each.type.includes('!') &&
      !each.in.includes(home) &&
      each.overridden !== home &&
      each.requires === undefined,
  );

/** A leaf that is no field of an interface. */
const isPlainLeaf = ({ name, type }: Field): boolean => /^f\d/.test(name) && /^\[?(String|Int|E)/.test(type);
const isKnown = ({ members }: Interface | Union): boolean => Object.keys(members).length > 0;

/** True where every subgraph with an input of a type resolves its objects by the one key that they have: then each object can be
 *  asked for it by itself, whatever a null took along. */
function hasOneKey({ keys }: ObjectType, input: Field): boolean {
  const all = Object.values(keys).flat();
  const isResolved = input.in.every((subgraph) => keys[subgraph]?.some(({ resolvable }) => resolvable));
  return isResolved && new Set(all.map(({ text }) => text)).size === 1;
}

/** True where a path provides a field: a subgraph that gives it on that path only cannot be asked for it by a key. */
const isProvided = ({ types }: World, { name }: ObjectType, { name: given }: Field): boolean =>
  types.some(({ fields }) =>
    fields.some(
      ({ type, provides = {} }) =>
        namedOf(type) === name && Object.values(provides).some((each) => each.split(' ').includes(given)),
    ),
  );

/** The world in which the object of an input that must not be null may be null wherever it is: one that takes a list, or another
 *  object, along takes the inputs of its neighbours along, and nobody can tell these any more. */
function mayLose(world: World, input: Field): World {
  const { name } = world.types.find(({ fields }) => fields.includes(input))!;
  const above = [...world.interfaces, ...world.unions].filter((each) => membersOf(world, each.name).includes(name));
  const held = new Set([name, ...above.map((each) => each.name)]);
  const nullable = (each: Field): Field =>
    held.has(namedOf(each.type)) ? { ...each, type: each.type.replaceAll('!', '') } : each;
  return {
    ...world,
    types: world.types.map((type) => ({ ...type, fields: type.fields.map(nullable) })),
    interfaces: world.interfaces.map((each) => ({ ...each, added: each.added.map(nullable) })),
  };
}
