import { randomUUID } from 'node:crypto';
import {
  bodyHash,
  CONTEXT_HEADER,
  signContext,
  subgraphKey,
  type FetchContext,
} from '../../shared/trust/signed-context.js';

export const TEST_SECRET = 'a secret that only the tests know of.';

export interface SubgraphAnswer {
  readonly status: number;
  // Tests look into answers of many shapes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: { code: string } }[];
  readonly text: string;
}

/** Asks a subgraph as the hub does, with a context signed for exactly this request. */
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
    const body = JSON.stringify({ query, variables });
    const signed = signContext(
      {
        audience: subgraph,
        department: 'housing',
        system: 'housing-app',
        requestId: 'test',
        bodyHash: bodyHash(body),
        id: randomUUID(),
        expiresAt: Math.floor(Date.now() / 1000) + 60,
        ...standing,
        ...context,
      },
      key,
    );
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [CONTEXT_HEADER]: token ?? signed },
      body,
    });
    const text = await response.text();
    const answer = JSON.parse(text) as Partial<SubgraphAnswer>;
    return { status: response.status, data: answer.data, errors: answer.errors ?? [], text };
  };
}
