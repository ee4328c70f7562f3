import { Kind, type TypeNode } from 'graphql';
import type { FederatedSchema, LocalField, Requires } from './federated-schema.js';
import type { Selection, Selections } from './selection.js';

/** Decides under which response keys inputs are fetched. An input inside another object gets a key of its own where the
 *  operation asks that object for something that must not be null: if it fails, it takes its object along, and the input
 *  must not be lost with it. */
export class InputKeys {
  /** `Type.field` of objects that may be null, and in which the operation asks for something that must not be. */
  private readonly exposed = new Set<string>();
  private readonly known = new Map<Requires, Requires>();

  /** @param selections  of the operation, on its root type */
  constructor(
    private readonly schema: FederatedSchema,
    type: string,
    selections: Selections,
  ) {
    this.visit(type, selections, []);
  }

  /** @param type  the type that the inputs are asked of */
  of(type: string, requires: Requires): Requires {
    if (this.exposed.size === 0) return requires;
    const known = this.known.get(requires);
    if (known) return known;
    const selections = requires.selections.map((each) => this.separate(type, each));
    const separated = selections.every((each, i) => each === requires.selections[i])
      ? requires
      : { ...requires, selections };
    this.known.set(requires, separated);
    return separated;
  }

  private separate(type: string, each: Selection): Selection {
    if (each.kind === 'fragment')
      return { ...each, selections: each.selections.map((inner) => this.separate(each.on ?? type, inner)) };
    return this.isExposed(type, each) ? { ...each, key: `_own_${each.key}` } : each;
  }

  private isExposed(type: string, each: Selection): boolean {
    if (!each.selections) return false;
    if (each.kind === 'fragment') return each.selections.some((inner) => this.isExposed(each.on ?? type, inner));
    if (this.exposed.has(`${type}.${each.name}`)) return true;
    const below = this.typeBelow(type, each.name);
    return each.selections.some((inner) => this.isExposed(below, inner));
  }

  private visit(type: string, selections: Selections, holders: readonly string[]): void {
    for (const each of selections) {
      if (each.kind === 'fragment') this.visit(each.on ?? type, each.selections, holders);
      else {
        if (holders.length > 0 && this.takesAlong(type, each.name)) holders.forEach((one) => this.exposed.add(one));
        if (!each.selections) continue;
        const inner = [type, ...this.schema.possibleTypes(type)].flatMap((one) =>
          // Where the null moves on, the field that needs the input is lost with its object anyway.
          this.localOf(one, each.name).some((local) => endsNull(local.type)) ? `${one}.${each.name}` : [],
        );
        this.visit(this.typeBelow(type, each.name), each.selections, inner);
      }
    }
  }

  /** True when a null of the field takes its object along. Without a part of its key there is no object to speak of. */
  private takesAlong(type: string, name: string): boolean {
    return [type, ...this.schema.possibleTypes(type)].some(
      (one) =>
        this.localOf(one, name).some((local) => local.type.kind === Kind.NON_NULL_TYPE) && !this.isOfKey(one, name),
    );
  }

  private isOfKey(type: string, name: string): boolean {
    const local = [...(this.schema.types.get(type)?.in.values() ?? [])];
    return local.some(({ keys }) =>
      keys.some(({ selections }) => selections.some((each) => each.kind === 'field' && each.name === name)),
    );
  }

  private typeBelow(type: string, name: string): string {
    for (const one of [type, ...this.schema.possibleTypes(type)])
      for (const { named } of this.localOf(one, name)) return named;
    return '';
  }

  private localOf(type: string, name: string): readonly LocalField[] {
    return [...(this.schema.types.get(type)?.fields.get(name)?.in.values() ?? [])];
  }
}

/** True when a null inside a field of the type can end there. */
function endsNull(type: TypeNode): boolean {
  if (type.kind !== Kind.NON_NULL_TYPE) return true;
  return type.type.kind === Kind.LIST_TYPE && endsNull(type.type.type);
}
