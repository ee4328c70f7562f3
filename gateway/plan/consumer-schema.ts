import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { print, visit, type DocumentNode } from 'graphql';

/** SDL of the supergraph's part that consumers see: without `@inaccessible` parts and without federation's machinery. */
export function printConsumerSchema(supergraph: DocumentNode): string {
  const visible = transformSupergraphToPublicSchema(supergraph);
  const names = new Set(visible.definitions.flatMap((each) => ('name' in each && each.name ? [each.name.value] : [])));
  return print(
    visit(visible, {
      UnionTypeDefinition: (node) => ({ ...node, types: node.types?.filter(({ name }) => names.has(name.value)) }),
    }),
  );
}
