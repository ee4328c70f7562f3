import type pg from 'pg';
import { openBoundedPool } from '../../shared/database/open-bounded-pool.js';
import { readFreshness, type ResourceFreshness } from '../../shared/read-model/read-freshness.js';
import type { Answer, AnsweredItems } from '../request/answer.js';
import { say } from '../request/messages/index.js';
import type { PreparedOperation } from '../request/operation.js';
import type { RequestContext } from '../request/request-context.js';
import type { GraphEngine } from './graph-engine.js';

type Execute = (
  context: RequestContext<GraphEngine>,
  operation: PreparedOperation,
  variables: Readonly<Record<string, unknown>> | undefined,
  signal: AbortSignal,
) => Promise<Answer>;

/** Reads how current resources are, by their codes. */
export type ReadFreshness = (codes: readonly string[]) => Promise<readonly ResourceFreshness[]>;

/** Adds to the answer of a request that asks for it how current each resource is that the answer is from. Where that cannot be
 *  read, the answer says so: data of unknown age is not called fresh, and is not kept back either. */
export const tellFreshness =
  (execute: Execute, read: ReadFreshness): Execute =>
  async (...asked) => {
    const answer = await execute(...asked);
    const [context] = asked;
    if (!context.freshness) return answer;
    const codes = resourcesOf(answer.items, context.activeGraph.engine);
    try {
      return { ...answer, freshness: codes.length === 0 ? [] : await read(codes) };
    } catch {
      const unknown = { code: 'FRESHNESS_UNAVAILABLE', message: say('warning.noFreshness').in(context.language) };
      return { ...answer, warnings: [...(answer.warnings ?? []), unknown] };
    }
  };

/** Codes of the resources whose items are in an answer, each once; what was refused or lost is in none. */
function resourcesOf({ released, masked, absent }: AnsweredItems, { decider }: GraphEngine): string[] {
  const codes = [...released, ...masked, ...absent].flatMap(
    (coordinate) => decider.index.byCoordinate.get(coordinate)?.resource?.code ?? [],
  );
  return [...new Set(codes)].sort();
}

/** Longest wait for the database, milliseconds. */
const PATIENCE_MS = 2_000;

/** Reads freshness from the governance database; it connects when the first request asks. */
export class DatabaseFreshness {
  private pool?: pg.Pool;

  constructor(private readonly url: string) {}

  readonly read: ReadFreshness = async (codes) => {
    const pool = (this.pool ??= openBoundedPool(this.url, {
      name: 'sharehub-gateway-freshness',
      patienceMs: PATIENCE_MS,
    }));
    const query = async (sql: string, values: readonly unknown[]) =>
      (await pool.query<Record<string, unknown>>(sql, [...values])).rows;
    return readFreshness(query, codes, Date.now());
  };

  close(): Promise<void> {
    return this.pool?.end() ?? Promise.resolve();
  }
}
