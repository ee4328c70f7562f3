import type { SubjectKind } from '../trust/protected-subjects.js';

const READS = Symbol('columns a computed field reads');
const SUBJECT = Symbol('column that names the subject');

/** Names the entity properties that a computed field is made of, so that they are read when the field is asked for, and
 *  only then. On a getter of the entity itself.
 *  @example `@Reads('divisionCode') @Field(() => Division) get division() { return Division.of(this.divisionCode); }` */
export const Reads =
  (...properties: readonly string[]) =>
  (target: object, field: string | symbol): void =>
    record(target, field, properties);

/** As `Reads`, on a field resolver of another class. */
export const ReadsOf =
  (type: { readonly prototype: object }, ...properties: readonly string[]) =>
  (_resolver: object, field: string | symbol): void =>
    record(type.prototype, field, properties);

function record(prototype: object, field: string | symbol, properties: readonly string[]): void {
  const known = (Reflect.getOwnMetadata(READS, prototype) as Map<string, readonly string[]> | undefined) ?? new Map();
  Reflect.defineMetadata(READS, known.set(String(field), properties), prototype);
}

/** Properties that `@Reads` names on a class, by field. */
export const readsOf = (type: { readonly prototype: object }): ReadonlyMap<string, readonly string[]> =>
  (Reflect.getOwnMetadata(READS, type.prototype) as Map<string, readonly string[]> | undefined) ?? new Map();

/** The property that holds the identifier of a row's subject. */
export interface SubjectProperty {
  readonly property: string;
  /** Undefined where rows of both kinds stand in one table. */
  readonly kind: SubjectKind | undefined;
}

/** The column holds the identifier of the record's subject and is no item of its own, as where an item is the relation to
 *  the subject. With it the kit knows whose records to leave out; an item that is the identifier is marked `@Subject`.
 *  @param kind  absent where records of persons and of organisations stand in one table */
export const SubjectColumn =
  (kind?: SubjectKind) =>
  (prototype: object, property: string): void =>
    Reflect.defineMetadata(SUBJECT, { property, kind } satisfies SubjectProperty, prototype);

export const subjectColumnOf = (type: { readonly prototype: object }): SubjectProperty | undefined =>
  Reflect.getOwnMetadata(SUBJECT, type.prototype) as SubjectProperty | undefined;
