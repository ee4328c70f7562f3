import { GraphQLError } from 'graphql';
import type { TestSubgraph } from './graph.js';

/** Numbers below a bound, from a stream of choices: what is drawn is a function of the choices alone. */
export type Draw = (below: number) => number;
export const drawFrom = (choices: readonly number[]): Draw => {
  let at = 0;
  return (below) => (choices[at++ % choices.length]! + at) % below;
};

interface Field {
  readonly name: string;
  readonly type: string;
  /** Subgraphs that have it. */
  readonly in: readonly number[];
  /** Fields of the same type that it is computed from; they are in other subgraphs. */
  readonly requires?: readonly Field[];
}
interface Entity {
  readonly name: string;
  readonly fields: Field[];
  /** Keys by subgraph. */
  readonly keys: readonly (readonly string[])[];
}
interface Row {
  readonly __typename: string;
  readonly id: string;
  /** As another subgraph sent it: key and inputs. */
  readonly sent?: Readonly<Record<string, unknown>>;
}

/** One world told twice: by subgraphs, and by one schema without federation. */
export interface RandomGraph {
  readonly subgraphs: Record<string, TestSubgraph>;
  readonly sdl: string;
  readonly resolvers: Record<string, Record<string, (row: Row) => unknown>>;
}

/** The field of the interface. */
const I: Field = { name: 'i', type: 'String', in: [0] };
const IDS = ['0', '1', '2'];
const KEYS = [['id'], ['id'], ['id'], ['id', 'code'], ['id', 'code'], ['code', 'id code'], ['id code']];

/** Draws entities with their fields over three subgraphs, an interface, a union, a value type in two parts, and a fourth
 *  subgraph that knows the interface as `@interfaceObject`. */
export function drawGraph(draw: Draw): RandomGraph {
  const names = ['T0', 'T1', 'T2'].slice(0, 2 + draw(2));
  const entities = names.map((name) => drawEntity(name, names, draw));
  const opaque = draw(2) === 0;
  if (opaque) for (const each of entities) (each.keys[0] as string[]).splice(0, 9, 'id');
  const subgraphs: Record<string, TestSubgraph> = {};
  for (const s of [0, 1, 2]) subgraphs[`s${s}`] = writeSubgraph(entities, s, opaque);
  if (opaque) subgraphs.io = INTERFACE_OBJECT;
  const added = opaque ? ['x0: String', 'x1: String'] : [];
  const types = entities.map(({ name, fields }) => {
    const own = [...fields.map((field) => `${field.name}: ${field.type}`), ...added];
    return `type ${name} implements I { id: ID! code: String! i: String ${own.join(' ')} }`;
  });
  const roots = [0, 1, 2].flatMap((s) => rootsOf(entities, s)).concat(opaque ? ['x: [I]'] : []);
  const sdl = [
    `type Query { ${roots.join(' ')} } interface I { id: ID! i: String ${added.join(' ')} } union U = ${names.join(' | ')}`,
    'type V { v0: String v1: String w: V }',
    ...types,
  ].join('\n');
  const resolvers: RandomGraph['resolvers'] = {
    Query: rootResolvers(roots),
    V: { v0: leaf('v0'), v1: leaf('v1'), w: link('V', 'w') },
  };
  for (const each of entities)
    resolvers[each.name] = { ...resolversOf(each, undefined), x0: leaf('x0'), x1: computed('x1', [I], undefined) };
  return { subgraphs, sdl, resolvers };
}

function drawEntity(name: string, names: readonly string[], draw: Draw): Entity {
  const fields: Field[] = [];
  for (let i = 0, n = 3 + draw(3); i < n; i++) {
    const first = draw(3);
    fields.push({ name: `f${i}`, type: 'String', in: draw(4) === 0 ? [first, (first + 1) % 3] : [first] });
  }
  for (let i = 0, n = draw(3); i < n; i++) {
    const s = draw(3);
    const inputs = fields.filter((each) => !each.in.includes(s));
    if (inputs.length === 0) continue;
    const one = inputs[draw(inputs.length)]!;
    fields.push({
      name: `r${i}`,
      type: 'String',
      in: [s],
      requires: draw(2) === 0 ? [one] : [...new Set([one, inputs[0]!])],
    });
  }
  for (let i = 0, n = 1 + draw(3); i < n; i++) {
    const target = names[draw(names.length)]!;
    fields.push({ name: `l${i}`, type: [target, target, `[${target}]`, `[[${target}]]`][draw(4)]!, in: [draw(3)] });
  }
  if (draw(2) === 0) fields.push({ name: 'j', type: draw(2) === 0 ? 'I' : '[I]', in: [0] });
  if (draw(2) === 0) fields.push({ name: 'u', type: draw(2) === 0 ? 'U' : '[U]', in: [1] });
  if (draw(2) === 0) fields.push({ name: 'v', type: draw(3) === 0 ? '[V]' : 'V', in: [0, 1] });
  return { name, fields, keys: [0, 1, 2].map(() => [...KEYS[draw(KEYS.length)]!]) };
}

const LINK_PARTS = [
  ['v0: String', 'w: V'],
  ['v1: String', 'w: V'],
];

function writeSubgraph(entities: readonly Entity[], s: number, opaque: boolean): TestSubgraph {
  const types = entities.map((entity) => {
    const keys = entity.keys[s]!;
    const own = entity.fields.filter((field) => field.in.includes(s));
    const external = new Set(own.flatMap(({ requires = [] }) => requires.map((each) => each.name)));
    const lines = [
      ...['id', 'code']
        .filter((key) => keys.some((each) => each.split(' ').includes(key)))
        .map((key) => `${key}: ${key === 'id' ? 'ID!' : 'String!'}`),
      ...own.map(
        ({ name, type, in: all, requires }) =>
          `${name}: ${type}${requires ? ` @requires(fields: "${requires.map((each) => each.name).join(' ')}")` : ''}${all.length > 1 ? ' @shareable' : ''}`,
      ),
      ...[...external].map((name) => `${name}: String @external`),
      ...(s === 0 ? ['i: String'] : []),
    ];
    return `type ${entity.name}${s === 0 ? ' implements I' : ''} ${keys.map((key) => `@key(fields: "${key}")`).join(' ')} { ${lines.join(' ')} }`;
  });
  const roots = rootsOf(entities, s);
  const sdl = [
    `type Query { ${roots.join(' ')} }`,
    ...types,
    ...(s === 0
      ? [
          `interface I ${opaque ? '@key(fields: "id")' : ''} { id: ID! i: String }`.replace(
            'id: ID! i',
            hasId(entities) ? 'id: ID! i' : 'i',
          ),
        ]
      : []),
    ...(s === 1 ? [`union U = ${entities.map(({ name }) => name).join(' | ')}`] : []),
    ...(s < 2 ? [`type V @shareable { ${LINK_PARTS[s]!.join(' ')} }`] : []),
  ].join('\n');
  const resolvers: Record<string, Record<string, unknown>> = {
    Query: rootResolvers(roots),
    V: { v0: leaf('v0'), v1: leaf('v1'), w: link('V', 'w') },
  };
  if (s >= 2) delete resolvers.V;
  else delete resolvers.V![s === 0 ? 'v1' : 'v0'];
  for (const entity of entities) {
    const kept = Object.entries(resolversOf(entity, s)).filter(
      ([name]) => sdl.includes(`type ${entity.name}`) && isIn(entity, s, name),
    );
    resolvers[entity.name] = {
      ...Object.fromEntries(kept),
      __resolveReference: (sent: Record<string, string>) => rowOf(entity.name, sent),
    };
  }
  if (s === 0)
    resolvers.I = {
      ...(opaque && { __resolveReference: (sent: Record<string, string>) => rowOf(sent.id!.split('-')[0]!, sent) }),
    };
  return { sdl, resolvers };
}

const hasId = (entities: readonly Entity[]) =>
  entities.every(({ keys }) => keys[0]!.some((key) => key.split(' ').includes('id')));
const isIn = ({ fields, keys }: Entity, s: number, name: string) =>
  fields.some((field) => field.name === name && field.in.includes(s)) ||
  (name === 'i' && s === 0) ||
  keys[s]!.some((key) => key.split(' ').includes(name));

const INTERFACE_OBJECT: TestSubgraph = {
  sdl: `type Query { x: [I] } type I @key(fields: "id") @interfaceObject { id: ID! x0: String i: String @external x1: String @requires(fields: "i") }`,
  resolvers: {
    Query: { x: () => (linked('Query-x', '[I]', 'root', false) as Row[]).map(({ id }) => ({ id })) },
    I: {
      __resolveReference: (sent: { id: string }) => ({ id: sent.id, sent }),
      x0: (row: Row) => value(row.id, 'x0'),
      x1: (row: Row) => compute('x1', [I], row, true),
    },
  },
};

const rootsOf = (entities: readonly Entity[], s: number): string[] => [
  ...entities
    .filter((_, i) => (i + s) % 2 === 0)
    .flatMap(({ name }) => [`q${s}${name}: ${name}`, `a${s}${name}: [${name}]`]),
  ...(s === 0 ? ['is: [I]'] : []),
  ...(s === 1 ? ['us: [U]'] : []),
];

const rootResolvers = (roots: readonly string[]): Record<string, () => unknown> =>
  Object.fromEntries(
    roots.map((root) => {
      const [name, type] = root.split(': ') as [string, string];
      return [name, () => linked(`Query-${name}`, type, 'root', false)];
    }),
  );

/** @param s  the subgraph that answers; undefined for the schema without federation */
function resolversOf({ fields }: Entity, s: number | undefined): Record<string, (row: Row) => unknown> {
  const all = Object.fromEntries(
    fields.map(({ name: field, type, requires }) => [
      field,
      requires ? computed(field, requires, s) : type === 'String' ? leaf(field) : link(type, field),
    ]),
  );
  return { ...all, i: leaf('i'), id: (row) => row.id, code: (row) => `c${row.id}` };
}

const leaf = (field: string) => (row: Row) => value(row.id, field);
const link = (type: string, field: string) => (row: Row) => linked(row.id, type, field, true);
const computed = (field: string, inputs: readonly Field[], s: number | undefined) => (row: Row) =>
  compute(field, inputs, row, s !== undefined);

/** A field computed from inputs: those that were sent, in a subgraph, or the true ones. */
function compute(field: string, inputs: readonly Field[], row: Row, sent: boolean): unknown {
  const given = inputs.map(({ name, requires = [] }) => {
    if (sent) return row.sent && name in row.sent ? row.sent[name] : 'NOT SENT';
    return requires.length > 0 ? compute(name, requires, row, false) : value(row.id, name);
  });
  return `${String(value(row.id, field))}(${given.map(String).join()})`;
}

function rowOf(type: string, sent: Record<string, string>): Row {
  return { __typename: type, id: sent.id ?? sent.code!.slice(1), sent };
}

function linked(id: string, type: string, field: string, mayFail: boolean): unknown {
  if (type.startsWith('[')) {
    const inner = type.slice(1, -1);
    const size = hash(id, field, 'size') % 4;
    if (mayFail && size === 3) return null;
    return Array.from({ length: (size % 3) + 1 }, (_, i) => linked(`${id}`, inner, `${field}${i}`, mayFail));
  }
  const drawn = hash(id, field);
  if (mayFail && drawn % 9 === 0) return null;
  if (mayFail && drawn % 23 === 0) throw new GraphQLError('thrown');
  if (type === 'V') return { __typename: 'V', id: `${id}/${field}` };
  const object = type === 'I' || type === 'U' ? `T${drawn % 2}` : type;
  return { __typename: object, id: `${object}-${IDS[drawn % IDS.length]}` };
}

function value(id: string, field: string): unknown {
  const drawn = hash(id, field);
  if (drawn % 11 === 0) return null;
  if (drawn % 13 === 0) throw new GraphQLError('thrown');
  return `${field}/${id}`;
}

function hash(...parts: readonly string[]): number {
  let sum = 7;
  for (const char of parts.join('|')) sum = (sum * 31 + char.charCodeAt(0)) % 1_000_003;
  return sum;
}
