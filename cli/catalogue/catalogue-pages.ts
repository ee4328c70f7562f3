import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import type { HubAnswer } from '../ask-hub.js';
import { SELECTION, type CatalogueEntry } from './catalogue-text.js';

interface Page {
  readonly nodes: readonly CatalogueEntry[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
type Ask = (query: string, variables: Record<string, unknown>) => Promise<HubAnswer>;

/** As many items as the hub gives of one entry. */
const MOST_ITEMS = 5_000;
const QUERY = `query ExportCatalogue($provider: String, $after: String) {
  catalogueResources(state: PUBLISHED, provider: $provider, first: 20, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { ${SELECTION} } } }`;

/** The entries in force, page by page, as any consumer may ask for them.
 *  @throws HubError with the hub's own code when it refuses or fails; INTERNAL where an entry cannot be given whole */
export async function* readCataloguePages(ask: Ask, provider?: string): AsyncGenerator<readonly CatalogueEntry[]> {
  let after: string | null = null;
  do {
    const answer = await ask(QUERY, { provider, after });
    const [error] = answer.errors ?? [];
    if (error) throw new HubError((error.extensions?.['code'] ?? 'INTERNAL') as ErrorCode, error.message);
    const page: Page = (answer.data as { catalogueResources: Page }).catalogueResources;
    const cut = page.nodes.find(({ items }) => items.length >= MOST_ITEMS);
    if (cut) throw new HubError('INTERNAL', `Entry ${String(cut.code)} has more items than can be written.`);
    yield page.nodes;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}
