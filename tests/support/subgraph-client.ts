import { queryHash, signContext, subgraphKey, type FetchContext } from '../../shared/trust/signed-context.js';

export const TEST_SECRET = 'a secret that only the tests know of.';

export interface SubgraphAnswer {
  readonly status: number;
  // Tests look into answers of many shapes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: { code: string } }[];
  readonly text: string;
}

/** Asks a subgraph as the hub does, with a context signed for exactly this query. */
export function askAs(
  subgraph: string,
  url: string,
  standing: Partial<FetchContext> = {},
  key = subgraphKey(TEST_SECRET, subgraph),
) {
  return async (
    query: string,
    { context = {}, variables, token }: { context?: Partial<FetchContext>; variables?: object; token?: string } = {},
  ): Promise<SubgraphAnswer> => {
    const signed = signContext(
      {
        audience: subgraph,
        department: 'housing',
        system: 'housing-app',
        requestId: 'test',
        queryHash: queryHash(query),
        expiresAt: Math.floor(Date.now() / 1000) + 60,
        ...standing,
        ...context,
      },
      key,
    );
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'share-context': token ?? signed },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const body = JSON.parse(text) as Partial<SubgraphAnswer>;
    return { status: response.status, data: body.data, errors: body.errors ?? [], text };
  };
}
