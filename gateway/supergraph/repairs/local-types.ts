import { Kind, type DocumentNode } from 'graphql';
import { federationNames } from '../../../shared/share/federation-names.js';
import { namedType } from './field-sets.js';

/** Types as one subgraph's SDL has them. */
export class LocalTypes {
  private readonly fields = new Map<string, Map<string, LocalField>>();
  /** Object types by interface. */
  private readonly objects = new Map<string, string[]>();
  private readonly members = new Map<string, string[]>();

  constructor(typeDefs: DocumentNode) {
    const names = federationNames(typeDefs);
    for (const each of typeDefs.definitions) {
      const isUnion = each.kind === Kind.UNION_TYPE_DEFINITION || each.kind === Kind.UNION_TYPE_EXTENSION;
      if (isUnion) add(this.members, each.name.value, ...(each.types ?? []).map(({ name }) => name.value));
      const isObject = each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION;
      const isInterface = each.kind === Kind.INTERFACE_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_EXTENSION;
      if (!isObject && !isInterface) continue;
      const name = each.name.value;
      const fields = this.fields.get(name) ?? this.fields.set(name, new Map()).get(name)!;
      for (const field of each.fields ?? []) {
        const marks = [...(field.directives ?? []), ...(each.directives ?? [])];
        const isExternal = marks.some((mark) => names.get(mark.name.value) === 'external');
        fields.set(field.name.value, { type: namedType(field.type), isExternal });
      }
      if (isInterface && !this.objects.has(name)) this.objects.set(name, []);
      if (isObject) for (const parent of each.interfaces ?? []) add(this.objects, parent.name.value, name);
    }
  }

  field(type: string, name: string): LocalField | undefined {
    return this.fields.get(type)?.get(name);
  }

  /** Object types of an interface; empty for any other type. */
  objectsOf(type: string): readonly string[] {
    return this.objects.get(type) ?? [];
  }

  possibleTypes(type: string): readonly string[] {
    return this.objects.get(type) ?? this.members.get(type) ?? [type];
  }
}

interface LocalField {
  /** Name of its type, without lists and `!`. */
  readonly type: string;
  readonly isExternal: boolean;
}

function add(map: Map<string, string[]>, key: string, ...values: readonly string[]): void {
  const known = map.get(key) ?? map.set(key, []).get(key)!;
  for (const value of values) if (!known.includes(value)) known.push(value);
}
