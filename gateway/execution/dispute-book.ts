import type { SubjectHasher } from '../../shared/evidence/keys/index.js';
import { parseCoordinate } from '../../shared/kernel/index.js';
import type { Dispute } from '../../shared/read-model/read-model.js';

export type HasherOf = (key: string) => SubjectHasher | undefined;

/** Disputes of one subject by the name of the field. */
export type DisputedFields = ReadonlyMap<string, readonly Dispute[]>;

/** The items under correction, as the rows of an answer are compared with them. */
export class DisputeBook {
  /** Disputes by type, and then by field. */
  private readonly byType: ReadonlyMap<string, readonly Dispute[]>;
  private readonly keys: readonly SubjectHasher[];

  private constructor(disputes: readonly Dispute[], hasherOf: HasherOf) {
    this.byType = Map.groupBy(disputes, ({ item }) => parseCoordinate(item).type);
    const ids = new Set(disputes.flatMap(({ hashes }) => hashes.map(({ key }) => key)));
    this.keys = [...ids].flatMap((id) => hasherOf(id) ?? []);
  }

  /** @returns undefined where nothing is disputed */
  static open(disputes: readonly Dispute[] | undefined, hasherOf: HasherOf | undefined): DisputeBook | undefined {
    if (!disputes || disputes.length === 0 || !hasherOf) return undefined;
    let book = books.get(disputes);
    if (!book) books.set(disputes, (book = new DisputeBook(disputes, hasherOf)));
    return book;
  }

  /** True for a type of which some item of some subject is disputed. */
  touches(type: string): boolean {
    return this.byType.has(type);
  }

  /** Disputed fields of an object that is about these subjects.
   *  @param subjects  `KIND:value`
   *  @returns         undefined where there are none */
  find(type: string, subjects: readonly string[]): DisputedFields | undefined {
    const disputes = this.byType.get(type);
    if (!disputes || subjects.length === 0) return undefined;
    const hashes = this.hashAll(subjects);
    const own = disputes.filter((dispute) => isAbout(dispute, hashes));
    return own.length === 0 ? undefined : Map.groupBy(own, ({ item }) => parseCoordinate(item).field);
  }

  /** All disputes about these subjects. */
  findAll(subjects: readonly string[]): readonly Dispute[] {
    if (subjects.length === 0) return [];
    const hashes = this.hashAll(subjects);
    return [...this.byType.values()].flat().filter((dispute) => isAbout(dispute, hashes));
  }

  private hashAll(subjects: readonly string[]): ReadonlySet<string> {
    return new Set(subjects.flatMap((subject) => this.keys.map((key) => `${key.id} ${key.hash(subject)}`)));
  }
}

const isAbout = ({ hashes }: Dispute, wanted: ReadonlySet<string>): boolean =>
  hashes.some(({ key, hash }) => wanted.has(`${key} ${hash}`));

/** A snapshot's list stays the same object until it changes. */
const books = new WeakMap<readonly Dispute[], DisputeBook>();
