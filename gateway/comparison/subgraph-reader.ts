import { HubError } from '../../shared/kernel/index.js';
import type { FetchContexts } from '../execution/context-signer.js';
import { Failure } from '../execution/failure.js';
import { DEFAULT_FETCH_LIMITS, SubgraphClient } from '../execution/subgraph-client.js';
import { say } from '../request/messages/index.js';
import type { SubgraphProtections } from '../request/protections.js';

/** Longest time for one page of a subgraph, milliseconds: nobody waits for it. */
const TIMEOUT_MS = 30_000;

/** Answer of a subgraph, with the paths and the codes of what failed in it. */
export interface SubgraphAnswer {
  readonly data: unknown;
  readonly failed: readonly (readonly (string | number)[])[];
  readonly codes: readonly string[];
}
interface Asked {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Signs the context of one body. */
  readonly contextOf: (body: string) => FetchContexts;
  readonly protections: SubgraphProtections | undefined;
  /** Longest time for the answer, ms; 30 seconds where absent. */
  readonly timeout?: number;
}

/** Asks subgraphs inside the hub, with its signed context. */
export class SubgraphReader {
  private readonly clients = new Map<string, SubgraphClient>();

  /** @param mostMs  longest time that any question gives */
  constructor(private readonly mostMs = TIMEOUT_MS) {}

  /** @throws HubError SUBGRAPH_UNAVAILABLE and the like; the message holds nothing of the answer */
  async ask(
    subgraph: string,
    url: string,
    { text, variables, contextOf, protections, timeout = TIMEOUT_MS }: Asked,
  ): Promise<SubgraphAnswer> {
    const client = this.clientOf(subgraph, url);
    const send = (extensions?: object) => {
      const body = JSON.stringify({ query: text, variables, ...(extensions && { extensions }) });
      const context = contextOf(body);
      return client.fetch({
        ...{ body, context, headers: undefined, timeout, repeatable: true, active: new Set() },
      });
    };
    let answer = await send();
    if (protections && codesOf(answer).includes('PROTECTIONS_REQUIRED'))
      answer = await send({ protections: protections.text });
    if (answer instanceof Failure) throw new HubError(answer.code, answer.message);
    const { data, errors = [] } = answer as { data?: unknown; errors?: readonly { path?: (string | number)[] }[] };
    if (data === null || data === undefined || errors.some(({ path }) => path === undefined))
      throw new HubError('SUBGRAPH_BAD_ANSWER', say('subgraph.badAnswer', { subgraph }), { codes: codesOf(answer) });
    return { data, failed: errors.map(({ path }) => path!), codes: codesOf(answer) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.close()));
  }

  private clientOf(subgraph: string, url: string): SubgraphClient {
    const key = `${subgraph} ${url}`;
    let client = this.clients.get(key);
    if (!client) {
      const limits = { ...DEFAULT_FETCH_LIMITS, fetchTimeout: this.mostMs, connections: 2 };
      this.clients.set(key, (client = new SubgraphClient(subgraph, url, limits)));
    }
    return client;
  }
}

const codesOf = (answer: unknown): readonly string[] =>
  ((answer as { errors?: readonly { extensions?: { code?: unknown } }[] } | null)?.errors ?? []).map(({ extensions }) =>
    String(extensions?.code),
  );
