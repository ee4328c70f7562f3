const READS = Symbol('columns a computed field reads');

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
