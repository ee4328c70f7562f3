import { bodyHash } from '../../shared/trust/signed-context.js';
import { bodyOf, send, signFor, type Probed, type Reply } from './ask-subgraph.js';
import { failureOf, type ProbeCheck } from './probe-check.js';

const QUERY = 'query ($probe: Boolean!) { __typename @skip(if: $probe) }';
const BODY = bodyOf(QUERY, { probe: false });
export const SDL_BODY = bodyOf('{_service{sdl}}');
const soon = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** Requests that a subgraph must refuse, each wrong in one thing. @source share-rules section 4 */
const REFUSALS: readonly {
  readonly check: string;
  readonly code: string;
  readonly message: string;
  readonly ask: (subgraph: Probed) => Promise<Reply>;
}[] = [
  {
    check: 'no context',
    code: 'CONTEXT_NOT_REQUIRED',
    message: 'It answers a request without a signed context: anybody who reaches it reads it past the hub.',
    ask: (subgraph) => send(subgraph, BODY, undefined),
  },
  {
    check: 'context signed by a stranger',
    code: 'SIGNATURE_NOT_CHECKED',
    message: 'It answers a context under another key. Verify the signature (HS256) with your key.',
    ask: (subgraph) => send(subgraph, BODY, signFor(subgraph, BODY, {}, 'stranger')),
  },
  {
    check: 'context for another subgraph',
    code: 'AUDIENCE_NOT_CHECKED',
    message: 'It answers a context that was made for another subgraph. Compare `aud` with your name.',
    ask: (subgraph) => send(subgraph, BODY, signFor(subgraph, BODY, { audience: `not-${subgraph.name}` })),
  },
  {
    check: 'expired context',
    code: 'EXPIRY_NOT_CHECKED',
    message: 'It answers a context that has expired. Refuse it when `exp` is past.',
    ask: (subgraph) => send(subgraph, BODY, signFor(subgraph, BODY, { expiresAt: soon(-60) })),
  },
  {
    check: 'context that lasts too long',
    code: 'LIFETIME_NOT_LIMITED',
    message: 'It answers a context that expires in a day. Refuse one that lasts longer than five minutes.',
    ask: (subgraph) => send(subgraph, BODY, signFor(subgraph, BODY, { expiresAt: soon(86_400) })),
  },
  {
    check: 'context of another query',
    code: 'QUERY_NOT_BOUND',
    message: 'It answers a query with the context of another. Compare `bh` with the SHA-256 of the body.',
    ask: (subgraph) => send(subgraph, BODY, signFor(subgraph, BODY, { bodyHash: bodyHash(SDL_BODY) })),
  },
  {
    check: 'context of other variables',
    code: 'VARIABLES_NOT_BOUND',
    message: 'It answers other variables than the context was made for. `bh` is of the whole body as it was sent.',
    ask: (subgraph) =>
      send(subgraph, BODY, signFor(subgraph, BODY, { bodyHash: bodyHash(bodyOf(QUERY, { probe: true })) })),
  },
  {
    check: 'context used twice',
    code: 'CONTEXT_REUSED',
    message: 'It answers the same context a second time. Remember each `jti` until it expires.',
    ask: async (subgraph) => {
      const token = signFor(subgraph, BODY);
      await send(subgraph, BODY, token);
      return send(subgraph, BODY, token);
    },
  },
  {
    check: 'schema without the registration credential',
    code: 'SDL_OPEN',
    message: 'It shows its schema without a signed context.',
    ask: (subgraph) => send(subgraph, SDL_BODY, undefined),
  },
  {
    check: 'registration credential for something else',
    code: 'REGISTRATION_TOO_WIDE',
    message: 'It answers a registration context (`use: register`) with more than _service { sdl }.',
    ask: (subgraph) => send(subgraph, BODY, signFor(subgraph, BODY, { use: 'register' })),
  },
];

/** Asks as the hub does. Where that is not answered nothing can be said of refusals. */
export async function checkAnswered(subgraph: Probed): Promise<ProbeCheck> {
  const reply = await send(subgraph, BODY, signFor(subgraph, BODY));
  const check = 'context of the hub';
  if (reply.kind === 'data') return { check, result: 'right' };
  if (reply.kind === 'failed') return failureOf(check, reply.code);
  return {
    check,
    result: 'wrong',
    code: 'HUB_REFUSED',
    message: 'It refuses the hub. Is its name right, and its key the one that `sharehub key` prints?',
  };
}

/** Tries each request that must be refused, one after the other. */
export async function checkRefusals(subgraph: Probed): Promise<ProbeCheck[]> {
  const checks: ProbeCheck[] = [];
  for (const { check, code, message, ask } of REFUSALS) {
    const reply = await ask(subgraph);
    if (reply.kind === 'data') checks.push({ check, result: 'wrong', code, message });
    else checks.push(reply.kind === 'refused' ? { check, result: 'right' } : failureOf(check, reply.code));
  }
  return checks;
}
