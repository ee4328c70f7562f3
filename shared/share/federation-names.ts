import type { DocumentNode } from 'graphql';
import { argument, importsOf, schemaLinks } from './share-spec.js';

const WANTED = ['key', 'external', 'requires', 'override', 'interfaceObject', 'fromContext'] as const;
export type FederationDirective = (typeof WANTED)[number];

/** Local names of the federation directives that matter to sharing, under whatever name they were imported.
 *  @source specs.apollo.dev/link/v1.0 */
export function federationNames(document: DocumentNode): ReadonlyMap<string, FederationDirective> {
  const names = new Map<string, FederationDirective>();
  const under = (namespace: string) => WANTED.forEach((name) => names.set(`${namespace}__${name}`, name));
  for (const name of WANTED) names.set(name, name);
  under('federation');
  for (const link of schemaLinks(document)) {
    if (!String(argument(link, 'url')).includes('specs.apollo.dev/federation/')) continue;
    const as = argument(link, 'as');
    if (typeof as === 'string') under(as);
    for (const entry of importsOf(link)) {
      if (!entry || entry.name === entry.as) continue;
      const known = WANTED.find((name) => `@${name}` === entry.name);
      if (known === undefined) continue;
      names.delete(known);
      names.set(entry.as.replace(/^@/, ''), known);
    }
  }
  return names;
}
