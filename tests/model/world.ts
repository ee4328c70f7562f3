import type { Mask, ShareType, UseMode } from '../../shared/kernel/index.js';

/** A made-up country: who publishes what under which share types. Everything else follows from it: the subgraphs' SDL,
 *  their data, and what the model says of both. A subgraph's department has the subgraph's name. */
export interface World {
  readonly subgraphs: readonly string[];
  readonly entities: readonly Entity[];
  readonly interface?: Interface;
  readonly union?: Union;
  readonly enum?: OutputEnum;
  /** One input type `W_<home>` and one enum `O_<home>` for each of these subgraphs. */
  readonly inputs: readonly InputType[];
  readonly roots: readonly LinkField[];
  /** Share type of the type `Query`, by subgraph. */
  readonly rootShare: Readonly<Record<string, ShareType | undefined>>;
}

/** An object type with identity, `T0`, and records `T0-1`, `T0-2`, `T0-3`. */
export interface Entity {
  readonly name: string;
  /** Subgraph that catalogues it. */
  readonly owner: string;
  /** Subgraphs that mention it, the owner among them. */
  readonly declaredIn: Set<string>;
  /** Share type on the type, by subgraph. */
  readonly typeShare: Record<string, ShareType | undefined>;
  /** Subgraphs in which its rows can be narrowed; each has an item `v_<subgraph>` there. */
  readonly scopedIn: Set<string>;
  readonly texts: TextField[];
  readonly links: LinkField[];
}

/** A field that holds text or a value of the enum. */
export interface TextField {
  readonly name: string;
  readonly home: string;
  readonly isEnum: boolean;
  readonly nonNull: boolean;
  readonly share: ShareType | undefined;
  /** Names of text fields of the same type in other subgraphs. */
  readonly requires: readonly string[];
  /** Names of text fields of the same type that may be computed from it. */
  readonly derivable: string[];
  /** Another subgraph that has it too. */
  readonly copy?: { readonly home: string; readonly share: ShareType | undefined };
  readonly args: readonly Argument[];
}

/** A field that leads to records: at the root or on an entity. */
export interface LinkField {
  readonly name: string;
  readonly home: string;
  /** Entity, interface or union. */
  readonly to: string;
  readonly many: boolean;
  readonly share: ShareType | undefined;
  readonly args: readonly Argument[];
}

export interface Argument {
  readonly name: string;
  /** `String`, `W_s0`, `O_s0` or `[O_s0!]`. */
  readonly type: string;
  readonly uses: Uses;
  readonly share: ShareType | undefined;
}
/** Items that an input filters by, compares and counts. */
export type Uses = Readonly<Record<UseMode, readonly string[]>>;

/** `I0`, with fields that every member has in the interface's home. */
export interface Interface {
  readonly name: string;
  readonly home: string;
  readonly members: readonly string[];
  readonly fields: readonly {
    readonly name: string;
    readonly share: ShareType | undefined;
    readonly args: readonly Argument[];
  }[];
  readonly typeShare: ShareType | undefined;
  /** Another subgraph's `@interfaceObject` with a field `io` for every member. */
  readonly facade?: {
    readonly home: string;
    readonly share: ShareType | undefined;
    readonly typeShare: ShareType | undefined;
  };
}
export interface Union {
  readonly name: string;
  readonly home: string;
  readonly members: readonly string[];
}
/** `E0 { V0 V1 }`; `V1` may be restricted. */
export interface OutputEnum {
  readonly name: string;
  readonly home: string;
  readonly share: ShareType | undefined;
}
/** `W_<home> { p q and o }` and `O_<home> { A B C }`: `p` uses items, and `C` counts some. */
export interface InputType {
  readonly home: string;
  readonly uses: Uses;
  readonly counted: readonly string[];
  readonly share: ShareType | undefined;
  readonly enumShare: ShareType | undefined;
}

export const MASK: Mask = 'NAME';
export const DIVISIONS = ['330102', '330203', '110105'] as const;
export const idsOf = (entity: string): string[] => [1, 2, 3].map((n) => `${entity}-${n}`);
export const typeOfId = (id: string): string => id.slice(0, id.indexOf('-'));
export const divisionOf = (id: string): string => DIVISIONS[hash(id) % DIVISIONS.length]!;

/** A plain text value names its place, so that a value in the wrong place is seen. A computed one names its inputs. */
export const textValue = (type: string, field: TextField, id: string, inputs: readonly unknown[]): string => {
  if (field.isEnum) return hash(`${field.name}#${id}`) % 2 === 0 ? 'V0' : 'V1';
  const place = `${type}.${field.name}#${id}`;
  return inputs.length > 0 ? `${place}(${inputs.map(String).join(',')})` : place;
};
export const facadeValue = (id: string): string => `io#${id}`;
/** The form NAME: the first character, and a star for each other. */
export const hidden = (value: string): string => value.slice(0, 1) + '*'.repeat(value.length - 1);

/** Records that a link leads to; null now and then. */
export function linkValue(world: World, field: LinkField, from: string): string | readonly string[] | null {
  const members = membersOf(world, field.to);
  const target = (n: number) => {
    const seed = hash(`${field.home}.${field.name}#${from}/${n}`);
    return idsOf(members[seed % members.length]!)[(seed >>> 8) % 3]!;
  };
  const seed = hash(`${field.name}#${from}`);
  if (seed % 7 === 0) return null;
  return field.many ? Array.from({ length: (seed >>> 4) % 4 }, (_, n) => target(n)) : target(0);
}

/** Entities that a value of this type can be. */
export function membersOf(world: World, type: string): readonly string[] {
  if (world.interface?.name === type) return world.interface.members;
  if (world.union?.name === type) return world.union.members;
  return [type];
}

function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const character of text) sum = Math.imul(sum ^ character.charCodeAt(0), 0x01000193);
  return (sum ^ (sum >>> 15)) >>> 0;
}
