import { randomUUID, type KeyObject } from 'node:crypto';
import {
  digestOfProtectedSubjects,
  writeProtectedSubjects,
  type ProtectedSubject,
} from '../../trust/protected-subjects.js';
import { bodyHash, CONTEXT_HEADER, signContext, type FetchContext } from '../../trust/signed-context.js';

export interface SubgraphAnswer {
  readonly status: number;
  // Tests look into answers of many shapes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: { code: string } }[];
  readonly text: string;
}

export interface SubgraphQuestion {
  readonly variables?: object;
  /** What the hub says of the caller, and what a grant gives: `scopes`, `rows` and `masks`. */
  readonly context?: Partial<FetchContext>;
  /** Subjects whose records are withheld from the caller. */
  readonly protectedSubjects?: readonly ProtectedSubject[];
  /** Sent in place of the signed context. */
  readonly token?: string;
}

/** Asks a subgraph. */
export type AskSubgraph = (query: string, question?: SubgraphQuestion) => Promise<SubgraphAnswer>;

/** Asks a subgraph as the hub does, with a context signed for exactly this request.
 *  @param subgraph  its name
 *  @param standing  of every question, where the question does not say otherwise */
export function askAsHub(
  subgraph: string,
  url: string,
  key: KeyObject,
  standing: Partial<FetchContext> = {},
): AskSubgraph {
  return async (query, { context = {}, variables, protectedSubjects, token } = {}) => {
    const protections = protectedSubjects && writeProtectedSubjects(protectedSubjects);
    const body = JSON.stringify({ query, variables, ...(protections && { extensions: { protections } }) });
    const signed = signContext(
      {
        audience: subgraph,
        department: 'housing',
        system: 'housing-app',
        requestId: 'test',
        bodyHash: bodyHash(body),
        id: randomUUID(),
        expiresAt: Math.floor(Date.now() / 1000) + 60,
        ...(protections && { protections: digestOfProtectedSubjects(protections) }),
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
    return { status: response.status, data: answer.data as unknown, errors: answer.errors ?? [], text };
  };
}
