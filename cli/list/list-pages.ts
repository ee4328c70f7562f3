import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import { askHub } from '../ask-hub.js';
import { LINE_FIELDS, type Line } from './list-text.js';

export interface ListFlags {
  readonly as: string;
  readonly format: string;
  readonly of?: string;
  readonly department?: string;
  readonly bom?: true;
  readonly url?: string;
}
interface Page {
  readonly nodes: readonly Line[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const QUERY = `query ExportList($kind: ListKind!, $version: String, $department: String, $after: String) {
  shareList(kind: $kind, version: $version, department: $department, first: 100, after: $after) {
    nodes { ${LINE_FIELDS.join(' ')} } pageInfo { hasNextPage endCursor } } }`;

/** Asks the hub for a list page by page, as any other consumer does. */
export class ListPages {
  constructor(
    private readonly kind: string,
    private readonly flags: ListFlags,
  ) {}

  /** @throws HubError with the hub's own code when it refuses or fails */
  async *all(): AsyncGenerator<readonly Line[]> {
    const { as, url, of, department } = this.flags;
    let after: string | null = null;
    do {
      const variables = { kind: this.kind, version: of, department, after };
      const answer = await askHub('/graphql', {
        as,
        query: QUERY,
        variables: JSON.stringify(variables),
        ...(url !== undefined && { url }),
      });
      const [error] = answer.errors ?? [];
      if (error) throw new HubError((error.extensions?.['code'] ?? 'INTERNAL') as ErrorCode, error.message);
      const page = (answer.data as { shareList: Page }).shareList;
      yield page.nodes;
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
  }
}
