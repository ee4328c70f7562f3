import { parseJsonExactly } from '../../../shared/kernel/exact-number.js';
import type { RequiresSelection } from '../../plan/query-plan.js';
import { writeString } from '../json-text.js';
import { LEAF, memberAt } from './layout.js';
import type { FindRecords, Place } from './places.js';
import { ROOT, type Tape } from './tape.js';

/** Objects at one path that a call for entities fills. */
export interface SliceTargets {
  readonly find: FindRecords;
  /** Cell of the objects' records for those of the call. */
  readonly cell: number;
  readonly writer: SliceRepresentation;
}

/** The objects of one call, with the index of the representation that each shares. */
export interface SliceBatch {
  readonly representations: readonly string[];
  /** Cells to be filled. */
  readonly cells: readonly number[];
  readonly indices: readonly number[];
}

/** Writes representations of the objects at one place. */
export interface SliceRepresentation {
  /** `{"__typename":"T"` */
  readonly head: string;
  readonly parts: readonly Part[];
}
interface Part {
  /** `,"name":` */
  readonly head: string;
  readonly fetch: number;
  readonly link: number;
  readonly offset: number;
  readonly isKey: boolean;
}

/** Compiles the representation of objects whose key and inputs are leaves.
 *  @returns undefined where they are not, or the fetches before do not bring them */
export function compileSliceRepresentation(
  requires: readonly RequiresSelection[],
  sentAs: string | undefined,
  place: Place,
): SliceRepresentation | undefined {
  const { type } = place.layout;
  const [only, ...more] = requires;
  if (more.length > 0 || only?.kind !== 'InlineFragment' || only.typeCondition !== type) return undefined;
  const parts = new Map<string, Part>();
  for (const selection of only.selections) {
    if (selection.kind !== 'Field' || (selection.selections?.length ?? 0) > 0) return undefined;
    if (selection.name === '__typename') continue;
    const name = selection.alias ?? selection.name;
    const source = place.fields.get(selection.name);
    if (source?.kind !== LEAF) return undefined;
    if (parts.has(name)) continue;
    const { fetch, link, member } = source;
    const isKey = selection.key === true;
    parts.set(name, { head: `,${JSON.stringify(name)}:`, fetch, link, offset: memberAt(member), isKey });
  }
  if (parts.size === 0) return undefined;
  return { head: `{"__typename":${JSON.stringify(sentAs ?? type)}`, parts: [...parts.values()] };
}

/** Collects the objects of a call. Those with the same representation share one.
 *  @returns undefined where something that is needed for it is missing */
export function collectSlices(targets: readonly SliceTargets[], tape: Tape): SliceBatch | undefined {
  const representations: string[] = [];
  const known = new Map<string, number>();
  const cells: number[] = [];
  const indices: number[] = [];
  for (const { find, cell, writer } of targets) {
    const records: number[] = [];
    find(tape.cells, ROOT, records);
    for (const record of records) {
      const body = writeParts(tape, record, writer.parts);
      if (body === undefined) return undefined;
      if (body === null) continue;
      // All objects of a call are of one type.
      let index = known.get(body);
      if (index === undefined) known.set(body, (index = representations.push(`${writer.head}${body}}`) - 1));
      cells.push(record + cell);
      indices.push(index);
    }
  }
  return { representations, cells, indices };
}

/** @returns null for an object without a key, undefined where only a part of it is there */
function writeParts(tape: Tape, record: number, parts: readonly Part[]): string | null | undefined {
  let out = '';
  let [keys, nulls] = [0, 0];
  // The parts of the key come first.
  for (const { head, fetch, link, offset, isKey } of parts) {
    if (!isKey && nulls > 0) break;
    const own = link === 0 ? record : tape.cells[record + link]!;
    if (own === 0) return undefined;
    const text = readSlice(tape.bodies[fetch]!, tape.cells[own + offset]!, tape.cells[own + offset + 1]!);
    if (isKey) keys++;
    if (isKey && text === 'null') nulls++;
    else out += head + text;
  }
  if (nulls === 0) return out;
  return nulls === keys ? null : undefined;
}

/** Texts of other leaves than strings that are written as they stand. */
const PLAIN = /^(?:null|true|false|-?[1-9]\d{0,14}|0)$/;

/** A leaf as JSON text, written as the hub writes it. */
export function readSlice(bytes: Buffer, begin: number, end: number): string {
  const text = bytes.toString('utf8', begin, end);
  if (text.startsWith('"') ? !text.includes('\\') : PLAIN.test(text)) return text;
  const value = parseLeaf(text);
  return typeof value === 'string' ? writeString(value) : JSON.stringify(value);
}

/** Long numbers are known as such behind another character only. */
export const parseLeaf = (text: string): unknown => (parseJsonExactly(`[${text}]`) as unknown[])[0];
