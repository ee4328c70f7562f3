import {
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FieldType } from '../../plan/supergraph-facts.js';

/** Kinds of members. */
export const LEAF = 0;
/** A list of leaves. */
export const LEAVES = 1;
export const OBJECT = 2;
/** A list of objects. */
export const OBJECTS = 3;
/** A name of a type, which is known before. */
export const TYPENAME = 4;
export type MemberKind = typeof LEAF | typeof LEAVES | typeof OBJECT | typeof OBJECTS | typeof TYPENAME;

/** Layout of the objects at one place of a fetch. Each is a record on the tape:
 *
 *  | cells          | hold                                                                                           |
 *  | -------------- | ---------------------------------------------------------------------------------------------- |
 *  | 1              | the next record of the list that it stands in; 0 at the end                                    |
 *  | 2 a member     | leaves: begin and end in the bytes. Object: its record, 0 for null. Objects: the first, their number, -1 for null |
 *  | 1 a link       | the record that another fetch brought for the same object; 0 where it brought none             |
 */
export interface RecordLayout {
  readonly type: string;
  readonly members: readonly Member[];
  /** Links are added while the plan is compiled. */
  links: number;
}
export interface Member {
  readonly key: string;
  /** `"key":` */
  readonly head: Buffer;
  readonly kind: MemberKind;
  /** Absent on a leaf. */
  readonly layout: RecordLayout | undefined;
}

/** Place of a record: after no record, so that 0 is none. */
export const memberAt = (member: number): number => 1 + 2 * member;
export const linkAt = ({ members }: RecordLayout, link: number): number => 1 + 2 * members.length + link;
export const sizeOf = ({ members, links }: RecordLayout): number => 1 + 2 * members.length + links;

export interface LayoutContext {
  /** Every type and field of the graph. */
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Types of fields in the subgraph. */
  readonly typeOf: FieldType;
}

/** Reads the layout of the objects of one type.
 *  @returns undefined where the type of an object, or how a list is nested, is only known when it is there */
export function readLayout(
  type: string,
  sets: readonly SelectionSetNode[],
  context: LayoutContext,
): RecordLayout | undefined {
  if (!isObjectType(context.schema.getType(type))) return undefined;
  const fields = new Map<string, { readonly name: string; readonly sets: SelectionSetNode[] }>();
  const collect = (selection: SelectionNode): boolean => {
    if (selection.directives && selection.directives.length > 0) return false;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const key = selection.alias?.value ?? name;
      const field = fields.get(key) ?? { name, sets: [] };
      fields.set(key, field);
      if (selection.selectionSet) field.sets.push(selection.selectionSet);
      return field.name === name;
    }
    const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : context.fragments.get(selection.name.value);
    const condition = part?.typeCondition?.name.value ?? type;
    return part !== undefined && condition === type && part.selectionSet.selections.every(collect);
  };
  if (!sets.every(({ selections }) => selections.every(collect))) return undefined;
  const members: Member[] = [];
  for (const [key, { name, sets: below }] of fields) {
    const member = readMember(type, key, name, below, context);
    if (!member) return undefined;
    members.push(member);
  }
  return { type, members, links: 0 };
}

function readMember(
  parent: string,
  key: string,
  name: string,
  sets: readonly SelectionSetNode[],
  context: LayoutContext,
): Member | undefined {
  const head = Buffer.from(`${JSON.stringify(key)}:`);
  if (name === '__typename') return key === name ? { key, head, kind: TYPENAME, layout: undefined } : undefined;
  const type = context.typeOf(parent, name);
  if (type === undefined) return undefined;
  const depth = type.split('[').length - 1;
  if (depth > 1) return undefined;
  if (sets.length === 0) return { key, head, kind: depth === 0 ? LEAF : LEAVES, layout: undefined };
  const layout = readLayout(type.replace(/[[\]!]/g, ''), sets, context);
  return layout && { key, head, kind: depth === 0 ? OBJECT : OBJECTS, layout };
}
