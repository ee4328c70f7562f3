import { GraphQLError } from 'graphql';
import { fieldOf, membersOf, namedOf, typeNamed, type Field, type World } from './world.js';

/** An object: its type and identity say everything of it. */
export interface Row {
  readonly __typename: string;
  readonly id: string;
}

export const IDS = ['0', '1', '2'];
export const typeOfId = (id: string): string => id.slice(0, id.indexOf('-'));
export type Args = Readonly<Record<string, unknown>>;

/** The value of a field: a pure function of type, identity, arguments and inputs. An object is a row.
 *  @param inputs  of a field that is computed from others
 *  @throws GraphQLError where the field fails */
export function valueOf(world: World, row: Row, name: string, args: Args, inputs: string): unknown {
  const { id } = row;
  if (name === 'id') return id;
  if (name === 'code') return `c${id}`;
  if (name === 'k') return `k${id.slice(0, id.indexOf('/'))}`;
  const field = fieldOf(world, row.__typename, name)!;
  const given = Object.keys(args).length > 0 ? `${name}${JSON.stringify(args)}` : name;
  return resolve(world, row, field, field.type, `${id}/${given}${inputs}`);
}

function resolve(world: World, row: Row, field: Field, type: string, at: string): unknown {
  const drawn = hash(at);
  if (!field.sure) {
    if (drawn % 13 === 0) throw new GraphQLError('thrown');
    // A root field is null less often: nothing would be asked below it.
    if (drawn % (row.__typename === 'Query' ? 29 : 11) === 1) return null;
  }
  const nullable = type.endsWith('!') ? type.slice(0, -1) : type;
  if (nullable.startsWith('['))
    return Array.from({ length: drawn % 4 }, (_, i) => item(world, row, field, nullable.slice(1, -1), `${at}.${i}`));
  if (nullable === 'String') return at;
  if (nullable === 'Int') return drawn % 1000;
  if (nullable === 'Boolean') return drawn % 2 === 0;
  if (nullable === 'E') return drawn % 2 === 0 ? 'A' : 'B';
  return target(world, row, field, nullable, at, drawn);
}

/** An item fails or is null by itself; a failed one is an error in its place. */
function item(world: World, row: Row, field: Field, type: string, at: string): unknown {
  try {
    return resolve(world, row, field, type, at);
  } catch (error) {
    return error;
  }
}

function target(world: World, row: Row, field: Field, type: string, at: string, drawn: number): Row | null {
  const possible = possibleOf(world, row, field, type);
  const name = possible[(drawn % 7) % Math.max(possible.length, 1)];
  if (name === undefined) return null;
  // There is one twin for each entity, so that it identifies the entity.
  if (name === 'Twin') return { __typename: name, id: `Twin-${row.id}` };
  if (name === 'Solo') return { __typename: name, id: 'Solo-0' };
  if (typeNamed(world, name)!.kind === 'value') return { __typename: name, id: at };
  return { __typename: name, id: `${name}-${IDS[(drawn >>> 3) % IDS.length]}` };
}

/** Types that a field's value can have in every subgraph that resolves it. */
function possibleOf(world: World, row: Row, field: Field, type: string): string[] {
  const all = membersOf(world, type);
  if (all.length === 0) return [namedOf(type)];
  // Every subgraph that has the interface as an object knows nothing of its types: any may be meant.
  const within = field.in.map((subgraph) => membersOf(world, type, subgraph));
  const known = within.filter((members) => members.length > 0);
  return all.filter((each) => known.every((members) => members.includes(each)));
}

export function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  sum ^= sum >>> 15;
  sum = Math.imul(sum, 0x2c1b3c6d);
  return (sum ^ (sum >>> 12)) >>> 0;
}
