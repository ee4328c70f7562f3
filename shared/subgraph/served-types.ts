import { getMetadataStorage } from 'type-graphql';
import type { TypeClass } from './definition.js';

/** An object type of the schema and the class that stands for it. */
export interface ServedType {
  /** In the graph. */
  readonly name: string;
  readonly class: TypeClass;
  /** Field → member of the class, where the two are called differently. */
  readonly members: ReadonlyMap<string, string>;
  /** Fields that a resolver of another class answers. */
  readonly resolved: ReadonlySet<string>;
}

/** Reads what type-graphql knows of classes. */
export function servedTypes(classes: readonly TypeClass[]): ServedType[] {
  const { objectTypes, fields, fieldResolvers } = getMetadataStorage();
  const named = new Map(objectTypes.map(({ target, name }) => [target, name]));
  return classes.map((typeClass) => ({
    name: named.get(typeClass) ?? typeClass.name,
    class: typeClass,
    members: new Map(
      fields.flatMap((field) => (field.target === typeClass ? [[field.schemaName, field.name] as const] : [])),
    ),
    resolved: new Set(
      fieldResolvers.flatMap((resolver) =>
        (resolver.kind === 'internal' ? resolver.target : resolver.getObjectType?.()) === typeClass
          ? [resolver.schemaName]
          : [],
      ),
    ),
  }));
}
