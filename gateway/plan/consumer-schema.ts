import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { Kind, print, type DefinitionNode, type DocumentNode, type SchemaDefinitionNode } from 'graphql';

/** SDL of the supergraph's part that consumers see. */
export const printConsumerSchema = (supergraph: DocumentNode): string => print(readConsumerDocument(supergraph));

/** The supergraph's part that consumers see: without `@inaccessible` parts and without federation's machinery. */
export function readConsumerDocument(supergraph: DocumentNode): DocumentNode {
  const definitions = readVisible(supergraph);
  const names = new Set(definitions.flatMap((each) => ('name' in each && each.name ? [each.name.value] : [])));
  return {
    kind: Kind.DOCUMENT,
    definitions: definitions.map((each) => {
      if (each.kind !== Kind.UNION_TYPE_DEFINITION) return each;
      return { ...each, types: each.types?.filter(({ name }) => names.has(name.value)) };
    }),
  };
}

/** The part of a definition that consumers see; null where there is none. */
type Visible = DefinitionNode | null;
/** By the schema definition, whose links say which directives are machinery, and by definition. */
const known = new WeakMap<SchemaDefinitionNode, WeakMap<DefinitionNode, Visible>>();

function readVisible(supergraph: DocumentNode): readonly DefinitionNode[] {
  const { definitions } = supergraph;
  const schema = definitions.find((each) => each.kind === Kind.SCHEMA_DEFINITION);
  // An interface that consumers do not see changes the types that implement it.
  if (!schema || definitions.some(mayBeHiddenInterface))
    return transformSupergraphToPublicSchema(supergraph).definitions;
  const visible = known.get(schema) ?? new WeakMap<DefinitionNode, Visible>();
  known.set(schema, visible);
  const fresh = definitions.filter((each) => each !== schema && !visible.has(each));
  const made = new Map(
    transformSupergraphToPublicSchema({ kind: Kind.DOCUMENT, definitions: [schema, ...fresh] }).definitions.map(
      (each) => [keyOf(each), each],
    ),
  );
  for (const each of fresh) visible.set(each, made.get(keyOf(each)) ?? null);
  return definitions.flatMap((each) => visible.get(each) ?? []);
}

const keyOf = (each: DefinitionNode): string => `${each.kind} ${'name' in each && each.name ? each.name.value : ''}`;

const mayBeHiddenInterface = (each: DefinitionNode): boolean =>
  each.kind === Kind.INTERFACE_TYPE_DEFINITION &&
  (each.name.value.includes('__') || (each.directives ?? []).some(({ name }) => !name.value.startsWith('join__')));
