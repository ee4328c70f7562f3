import type { DocumentNode } from 'graphql';
import { argument, importsOf, schemaLinks } from './share-spec.js';

const WANTED = [
  'key',
  'external',
  'requires',
  'provides',
  'override',
  'shareable',
  'interfaceObject',
  'fromContext',
  'authenticated',
  'requiresScopes',
  'policy',
  'cost',
  'listSize',
] as const;
export type FederationDirective = (typeof WANTED)[number];

/** Local names of the federation directives that matter to sharing, under whatever name they were imported. A document
 *  that links federation 2 names them by its imports and by the namespace alone, as the composer does: a name that was
 *  imported as another, or that the document defines for itself, says nothing of federation.
 *  @source specs.apollo.dev/link/v1.0 */
export function federationNames(document: DocumentNode): ReadonlyMap<string, FederationDirective> {
  const names = new Map<string, FederationDirective>();
  const links = schemaLinks(document).filter((link) =>
    String(argument(link, 'url')).includes('specs.apollo.dev/federation/'),
  );
  for (const name of WANTED) names.set(links.length > 0 ? `federation__${name}` : name, name);
  for (const link of links) {
    const as = argument(link, 'as');
    if (typeof as === 'string') for (const name of WANTED) names.set(`${as}__${name}`, name);
    for (const entry of importsOf(link)) {
      const known = entry && WANTED.find((name) => `@${name}` === entry.name);
      if (known) names.set(entry.as.replace(/^@/, ''), known);
    }
  }
  return names;
}
