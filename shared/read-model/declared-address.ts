import { hash } from 'node:crypto';

const SCHEME = 'declared:';

/** Address of a subgraph that the hub itself serves from a declaration. It names the text, so that two versions have two
 *  addresses and one that comes back has its own again; where the hub's process runs, only the hub knows. */
export const declaredAddress = (subgraph: string, declaration: string): string =>
  `${SCHEME}/${subgraph}/${hash('sha256', declaration, 'hex').slice(0, 32)}`;

/** Address that operations of a published subgraph are sent to.
 *  @param url       as its version has it
 *  @param origins   origins that the operator has listed
 *  @param declared  address of the process that serves declarations; none where there is none
 *  @returns         undefined where the operator lets no subgraph run */
export function publishedAddress(
  url: string,
  origins: ReadonlySet<string>,
  declared: string | undefined,
): string | undefined {
  if (!url.startsWith(SCHEME)) return origins.has(new URL(url).origin) ? url : undefined;
  return declared === undefined ? undefined : new URL(`${url.slice(SCHEME.length)}/graphql`, declared).href;
}
