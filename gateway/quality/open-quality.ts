import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { ZodType } from 'zod';
import type { Config } from '../../shared/config/config.js';
import { HubError, QUALITY_SYSTEM } from '../../shared/kernel/index.js';
import { QualityRefusal, type QualityDoor } from '../../shared/read-model/quality-check.js';
import {
  countsAnswer,
  digestsAnswer,
  QUALITY_FIELD,
  QUALITY_OPERATION,
  type CountsRequest,
  type DigestsRequest,
} from '../../shared/share/quality/quality-request.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { locateSubgraph } from '../comparison/locate-subgraph.js';
import { SubgraphReader } from '../comparison/subgraph-reader.js';
import { ContextSigner } from '../execution/context-signer.js';
import { openHubFeed } from '../permission/open-hub-feed.js';

/** Time beyond the subgraph's own limit after which nobody waits for it, ms. */
const GRACE_MS = 15_000;
const DIGESTS_MS = 60_000;
const MOST_MS = 600_000 + GRACE_MS;

export interface Quality extends QualityDoor {
  close(): Promise<void>;
}

/** Opens what asks subgraphs to judge their records, with the hub's signed context as a system of its own. Numbers come back,
 *  sealed names, and digests under a key of one run.
 *  @param database   the governance database
 *  @param addresses  addresses of subgraphs that do not run where the list says
 *  @throws HubError DATABASE_UNAVAILABLE, CONFIG_INVALID */
export async function openQuality(
  config: Config,
  database: string,
  addresses: ReadonlyMap<string, string>,
  logger: Logger,
): Promise<Quality> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const feed = await openHubFeed(config, database, secret, logger);
  const reader = new SubgraphReader(MOST_MS);
  const signer = new ContextSigner(secret, (subgraph) =>
    logger.error({ subgraph }, 'a subgraph refuses the context of every key that holds; see `sharehub key`'),
  );
  const ask = async <T>(
    subgraph: string,
    request: CountsRequest | DigestsRequest,
    timeout: number,
    form: ZodType<T>,
  ): Promise<T> => {
    const snapshot = await feed.current();
    const contexts = signer.forRequest({
      caller: { department: '', system: QUALITY_SYSTEM, roles: [] },
      ...{ scenario: undefined, requestId: randomBytes(16).toString('hex'), limits: {}, keys: snapshot.keys },
      now: Date.now(),
    });
    try {
      const answer = await reader.ask(subgraph, await locateSubgraph(subgraph, { config, addresses, snapshot }), {
        ...{ text: QUALITY_OPERATION, variables: { request: JSON.stringify(request) }, timeout },
        ...{ contextOf: (body: string) => contexts(subgraph, body), protections: undefined },
      });
      if (answer.codes.length > 0) throw new QualityRefusal(obstacleOf(answer.codes));
      const text = (answer.data as Readonly<Record<string, unknown>>)[QUALITY_FIELD];
      const read = form.safeParse(typeof text === 'string' ? parse(text) : undefined);
      if (!read.success) throw new QualityRefusal('BAD_ANSWER');
      return read.data;
    } catch (error) {
      if (error instanceof QualityRefusal) throw error;
      throw new QualityRefusal(error instanceof HubError ? obstacleOf(codesOf(error)) : 'FAILED', error);
    }
  };
  return {
    counts: (subgraph, request) => ask(subgraph, request, request.mostMs + GRACE_MS, countsAnswer),
    digests: (subgraph, request) => ask(subgraph, request, DIGESTS_MS, digestsAnswer),
    close: async () => {
      await reader.close();
      await feed.close();
    },
  };
}

/** Codes of an error, of what a subgraph said first. */
const codesOf = ({ code, details }: HubError): readonly string[] => {
  const said = (details as { readonly codes?: readonly string[] } | undefined)?.codes;
  return said && said.length > 0 ? said : [code];
};

function obstacleOf(codes: readonly string[]): QualityRefusal['reason'] {
  const says = (...known: string[]) => known.some((code) => codes.includes(code));
  if (says('SUBGRAPH_TIMEOUT')) return 'TIMED_OUT';
  if (says('SUBGRAPH_UNAVAILABLE', 'SOURCE_UNAVAILABLE', 'DATABASE_UNAVAILABLE', 'NOT_READY', 'NOT_FOUND'))
    return 'SOURCE_UNAVAILABLE';
  // A subgraph of another make has no such field, and an older kit refuses it.
  if (says('GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_DENIED', 'undefined')) return 'UNSUPPORTED';
  return says('SUBGRAPH_BAD_ANSWER') ? 'BAD_ANSWER' : 'FAILED';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
