const READS = Symbol('columns a computed field reads');

/** Names the entity properties that a computed field (a getter or field resolver) is made of, so that they are read
 *  when the field is asked for, and only then.
 *  @example `@Reads('divisionCode') @Field(() => Division) get division() { return Division.of(this.divisionCode); }` */
export const Reads =
  (...properties: readonly string[]) =>
  (target: object, field: string | symbol): void => {
    const known = (Reflect.getOwnMetadata(READS, target) as Map<string, readonly string[]> | undefined) ?? new Map();
    Reflect.defineMetadata(READS, known.set(String(field), properties), target);
  };

/** What `@Reads` says on a class: field → properties. */
export const readsOf = (type: { readonly prototype: object }): ReadonlyMap<string, readonly string[]> =>
  (Reflect.getOwnMetadata(READS, type.prototype) as Map<string, readonly string[]> | undefined) ?? new Map();
