import { isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import { parseCoordinate } from '../../../shared/kernel/index.js';
import type { Site } from '../../request/operation.js';
import { compileLeaf, type WriteLeaf } from '../compile-leaf.js';
import type { ObjectWriter } from '../object-writer.js';
import type { DisputeBook } from '../dispute-book.js';
import { WHOLE } from '../item-outcomes.js';
import type { Projection } from '../projection.js';
import { compileMasks } from '../row-limits.js';
import { ANEW, compileCheck, type CheckLeaf } from './check-leaf.js';
import { LEAF, LEAVES, memberAt, OBJECT, OBJECTS } from './layout.js';
import type { Place, Places } from './places.js';

/** A field whose value is always the same text. */
export const TEXT = 5;
export const DENIED = 6;
type FieldKind = typeof LEAF | typeof LEAVES | typeof OBJECT | typeof OBJECTS | typeof TEXT | typeof DENIED;

/** The fields of one type of objects at one place, in the order of the answer. */
export interface CopiedObject {
  readonly fields: readonly CopiedField[];
  readonly row: number;
  readonly subject: (ValueAt & { readonly prefix: string }) | undefined;
}
interface ValueAt {
  readonly fetch: number;
  readonly link: number;
  readonly offset: number;
}
export interface CopiedField extends ValueAt {
  readonly kind: FieldKind;
  readonly key: string;
  /** `{"key":` or `,"key":`, and the text of a field that has always the same. */
  readonly head: Buffer;
  /** Its head stands before the value in the bytes as well. */
  readonly isHeadFetched: boolean;
  /** It stands behind the field before it in the bytes as well. */
  readonly follows: boolean;
  readonly nonNull: boolean;
  readonly itemNonNull: boolean;
  readonly sites: readonly number[];
  readonly check: CheckLeaf | undefined;
  readonly leaf: WriteLeaf | undefined;
  /** Gives the form in which a value is shown; absent where that is its own. */
  readonly mask: ((value: unknown) => unknown) | undefined;
  /** The outcome of a value on the record. */
  readonly gives: number;
  readonly below: CopiedObject | undefined;
}

/** Compiles the writing of an operation's answer from slices.
 *  @returns undefined where something in it is not written as it was fetched */
export function compileCopies(
  { root, rowTypes }: Pick<Projection, 'root' | 'rowTypes'>,
  places: Places,
  sites: readonly Pick<Site, 'coordinate'>[],
): Copies | undefined {
  const object = places.isOpen ? compileObject(root(), places.root) : undefined;
  if (!object) return undefined;
  const types = new Set([...rowTypes, ...sites.map(({ coordinate }) => parseCoordinate(coordinate).type)]);
  return { places, object, types };
}

/** True where none of an answer's items is under correction, whoever it is about. */
export const isUndisputed = ({ types }: Copies, disputes: DisputeBook | undefined): boolean => {
  if (disputes) for (const type of types) if (disputes.touches(type)) return false;
  return true;
};

/** An answer as it is written from slices. */
export interface Copies {
  readonly places: Places;
  readonly object: CopiedObject;
  /** Types of its objects, and of the sites that it is asked for at. */
  readonly types: ReadonlySet<string>;
}

function compileObject(writer: ObjectWriter, place: Place): CopiedObject | undefined {
  if (writer.rows.length > 0) return undefined;
  const fields: CopiedField[] = [];
  for (const field of writer.fields) {
    const compiled = compileField(field, place, fields.at(-1));
    if (!compiled) return undefined;
    fields.push(compiled);
  }
  if (fields.length === 0) return undefined;
  const { row, subject } = writer;
  const source = subject && place.fields.get(subject.field);
  if (source && source.kind !== LEAF) return undefined;
  const at = source && { fetch: source.fetch, link: source.link, offset: memberAt(source.member) };
  return { fields, row, subject: at && { ...at, prefix: subject.prefix } };
}

const NOWHERE = { fetch: 0, link: 0, offset: 0, isHeadFetched: false, follows: false } as const;
const NO_LEAF = { check: undefined, leaf: undefined, mask: undefined, gives: WHOLE } as const;
const NO_VALUE = { nonNull: false, itemNonNull: false, ...NO_LEAF, below: undefined } as const;

function compileField(
  { copied, head, key, inner, sites, nonNull, scope, gives }: ObjectWriter['fields'][number],
  place: Place,
  before: CopiedField | undefined,
): CopiedField | undefined {
  if (!copied || scope) return undefined;
  if (copied.kind === 'text')
    return { ...NOWHERE, ...NO_VALUE, kind: TEXT, key, head: Buffer.from(head + copied.text), sites };
  if (copied.kind === 'denied')
    return { ...NOWHERE, ...NO_VALUE, kind: DENIED, key, head: Buffer.from(`${head}null`), sites: copied.sites };
  const source = place.fields.get(inner);
  if (!source) return undefined;
  const { fetch, link, member } = source;
  const isHeadFetched = key === inner && (before ? member > 0 : member === 0);
  const common = {
    ...{ key, head: Buffer.from(head), sites, nonNull, fetch, link, offset: memberAt(member), isHeadFetched },
    follows:
      isHeadFetched &&
      before?.kind === LEAF &&
      before.fetch === fetch &&
      before.link === link &&
      before.offset === memberAt(member - 1),
  };
  const nullable = isNonNullType(copied.type) ? copied.type.ofType : copied.type;
  const isList = isListType(nullable);
  const item = isList ? nullable.ofType : nullable;
  const itemNonNull = isNonNullType(item);
  const isMasked = copied.masks.length > 0;
  const one = itemNonNull ? item.ofType : item;
  if (isLeafType(one)) {
    if (source.kind !== (isList ? LEAVES : LEAF) || (isList && isMasked)) return undefined;
    const { kind } = source;
    const leaf = { check: compileCheck(one), leaf: compileLeaf(one), mask: undefined, gives };
    if (!isMasked) return { ...common, ...leaf, kind, itemNonNull, below: undefined };
    const mask = compileMasks(copied.masks, one);
    return { ...common, ...leaf, check: () => ANEW, mask, kind, itemNonNull, below: undefined };
  }
  if (isMasked) return undefined;
  const kind = isList ? OBJECTS : OBJECT;
  const below = isObjectType(one) && source.below && compileObject(copied.objects(), source.below);
  return below && source.kind === kind && source.below?.layout.type === one.name
    ? { ...common, ...NO_LEAF, kind, itemNonNull, below }
    : undefined;
}
