import { randomUUID } from 'node:crypto';
import { bodyHash, CONTEXT_HEADER, signContext } from './signed-context.js';
import { HubKeys, type KeyVersions } from './subgraph-keys.js';

/** Headers that let the hub in, for each key that holds: where the first are refused, the next are tried. */
export type RegistrationHeaders = (
  subgraph: string,
  body: string,
) => Promise<readonly Readonly<Record<string, string>>[]>;

/** Headers with which the hub reads a subgraph's own SDL when it is registered: a context that opens
 *  `_service { sdl }` and nothing else.
 *  @param secret    the hub's secret
 *  @param versions  reads which keys there are; every subgraph has its first where absent
 *  @param now       milliseconds since the epoch
 *  @source share-rules section 4 */
export function registrationHeaders(
  secret: string,
  versions?: () => Promise<KeyVersions | undefined>,
  now: () => number = Date.now,
): RegistrationHeaders {
  const keys = new HubKeys(secret);
  return async (subgraph, body) => {
    const context = () => ({
      audience: subgraph,
      department: '',
      system: 'sharehub',
      requestId: `register-${subgraph}`,
      bodyHash: bodyHash(body),
      id: randomUUID(),
      expiresAt: Math.floor(now() / 1000) + 30,
      use: 'register' as const,
    });
    const held = keys.held(subgraph, await versions?.(), now());
    return held.map(({ key }) => ({ [CONTEXT_HEADER]: signContext(context(), key) }));
  };
}
