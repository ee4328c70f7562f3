import type { Path } from '../../plan/fetch-group.js';
import type { TypeNames } from '../../plan/type-names.js';
import { linkAt, memberAt, OBJECT, OBJECTS, TYPENAME, type MemberKind, type RecordLayout } from './layout.js';

/** A place in the data: which fetch brings each field of the objects that stand there. */
export interface Place {
  /** Of the records that stand for the objects. Several places share a layout where one call is for all of them. */
  readonly layout: RecordLayout;
  readonly fields: Map<string, Source>;
}

/** Origin of a field of an object. */
export interface Source {
  /** Number of the fetch. */
  readonly fetch: number;
  /** Cell of the object's record that has the record of that fetch; 0 where they are the same. */
  link: number;
  readonly member: number;
  readonly kind: MemberKind;
  readonly below: Place | undefined;
}

/** Finds the records at a path. */
export type FindRecords = (cells: Int32Array, record: number, into: number[]) => void;

/** The places of one plan, filled while it is compiled: what was compiled before is where a step finds its objects. */
export class Places {
  readonly root: Place = { layout: { type: '', members: [], links: 0 }, fields: new Map() };
  /** Subgraphs whose answers may hold records that are withheld from some. */
  readonly withholding = new Set<string>();
  private open = true;
  private fetches = 0;

  /** False where some part of the plan cannot be executed on slices. */
  get isOpen(): boolean {
    return this.open;
  }

  /** Some part of the plan cannot be executed on slices. */
  close(): void {
    this.open = false;
  }

  /** The number of a further fetch. */
  addFetch(): number {
    return this.fetches++;
  }

  /** Adds what a fetch brings for the objects at a place.
   *  @returns the cell that links their records to those of the fetch; undefined where some field of them is brought twice */
  link(place: Place, layout: RecordLayout, fetch: number): number | undefined {
    const cell = linkAt(place.layout, place.layout.links++);
    return addFields(place, layout, fetch, cell) ? cell : undefined;
  }

  /** @returns undefined where the path leads nowhere, or depends on the types of objects */
  find(path: Path, types: TypeNames): { readonly place: Place; readonly find: FindRecords } | undefined {
    let place = this.root;
    const sources: Source[] = [];
    for (const segment of path) {
      if (segment === '@') {
        if (sources.at(-1)?.kind !== OBJECTS) return undefined;
      } else if ('Field' in segment) {
        const source = place.fields.get(segment.Field);
        if (!source?.below) return undefined;
        sources.push(source);
        place = source.below;
      } else if (!types.namesWithin(segment.TypeCondition).has(place.layout.type)) return undefined;
    }
    return { place, find: compileFind(sources) };
  }
}

function addFields(place: Place, layout: RecordLayout, fetch: number, link: number): boolean {
  return layout.members.every(({ key, kind, layout: inner }, member) => {
    if (kind === TYPENAME) return true;
    const below: Place | undefined = inner && { layout: inner, fields: new Map() };
    if (place.fields.has(key) || (below && !addFields(below, inner!, fetch, 0))) return false;
    place.fields.set(key, { fetch, link, member, kind, below });
    return true;
  });
}

function compileFind(sources: readonly Source[]): FindRecords {
  return sources.reduceRight<FindRecords>(
    (next, { link, member, kind }) => {
      const offset = memberAt(member);
      return (cells, record, into) => {
        const own = link === 0 ? record : cells[record + link]!;
        if (own === 0) return;
        const first = cells[own + offset]!;
        if (kind === OBJECT) {
          if (first !== 0) next(cells, first, into);
        } else for (let each = first; each !== 0; each = cells[each]!) next(cells, each, into);
      };
    },
    (_, record, into) => void into.push(record),
  );
}
