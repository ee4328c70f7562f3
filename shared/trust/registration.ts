import { randomUUID } from 'node:crypto';
import { bodyHash, CONTEXT_HEADER, signContext, subgraphKey } from './signed-context.js';

/** Headers with which the hub reads a subgraph's own SDL when it is registered: a context that opens
 *  `_service { sdl }` and nothing else.
 *  @param secret  the hub's secret
 *  @param now     milliseconds since the epoch
 *  @source share-rules section 4 */
export const registrationHeaders =
  (secret: string, now: () => number = Date.now) =>
  (subgraph: string, body: string): Readonly<Record<string, string>> => {
    const context = {
      audience: subgraph,
      department: '',
      system: 'sharehub',
      requestId: `register-${subgraph}`,
      bodyHash: bodyHash(body),
      id: randomUUID(),
      expiresAt: Math.floor(now() / 1000) + 30,
      use: 'register',
    } as const;
    return { [CONTEXT_HEADER]: signContext(context, subgraphKey(secret, subgraph)) };
  };
