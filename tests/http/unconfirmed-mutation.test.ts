import { NO_GUESSES } from '../../gateway/permission/guess-ledger.js';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import type { GraphEngine } from '../../gateway/execution/graph-engine.js';
import { NO_LEDGER } from '../../gateway/permission/quota-ledger.js';
import { RequestExecutor } from '../../gateway/execution/request-executor.js';
import { writeAnswer } from '../../gateway/http/write-answer.js';
import { DEFAULT_LIMITS } from '../../gateway/operation/limits.js';
import { prepareOperation } from '../../gateway/operation/prepare-operation.js';
import { NO_ITEMS, type Answer } from '../../gateway/request/answer.js';
import type { RequestContext } from '../../gateway/request/request-context.js';
import { snapshotOf } from '../permission/support/test-decider.js';

const SCHEMA = buildSchema('type Query { a: Int } type Mutation { suspendGrant: Int }');
const ANSWER: Answer = {
  data: '{"suspendGrant":1}',
  errors: [],
  fetches: [],
  items: NO_ITEMS,
  rows: {},
  subjects: [],
  subjectCount: 0,
  internal: [],
};
const VERDICT = {
  throughArguments: { QUERY: [], VERIFY: [], STATISTICS: [] },
  denials: new Uint32Array(1),
  denied: 0,
  reasons: new Map(),
  closed: new Set(),
  grants: [],
  consents: [],
  limits: {},
};

/** Runs an operation whose answer is good, over a feed that confirms, or fails to. */
async function run(text: string, confirm: () => Promise<void>) {
  const snapshot = snapshotOf([]);
  const faults: unknown[] = [];
  const executor = new RequestExecutor({
    feed: {
      fresh: () => snapshot,
      current: async () => snapshot,
      subscribe: () => () => undefined,
      close: async () => undefined,
      confirm,
    },
    guesses: NO_GUESSES,
    quota: NO_LEDGER,
    onDenied: 'null',
    onUnconfirmed: (error, requestId) => faults.push({ error, requestId }),
  });
  const engine = {
    decider: { decide: async () => VERDICT, findAllStopped: () => undefined, findProtections: () => undefined },
    execution: { execute: async () => ANSWER },
  };
  const context = { requestId: 'r1', activeGraph: { engine } } as unknown as RequestContext<GraphEngine>;
  const operation = prepareOperation(SCHEMA, text, undefined, DEFAULT_LIMITS);
  const answer = await executor.execute(context, operation, undefined, new AbortController().signal);
  return { body: JSON.parse(String(writeAnswer(answer))) as object, faults };
}

describe('a mutation whose change the hub cannot confirm', () => {
  const lost = () => Promise.reject(new Error('the connection was lost'));

  it('is answered with its data and a warning, and the operator is told', async () => {
    const { body, faults } = await run('mutation { suspendGrant }', lost);
    expect(body).toEqual({
      data: { suspendGrant: 1 },
      extensions: { warnings: [{ code: 'GRANTS_STALE', message: expect.stringContaining('Do not send it again') }] },
    });
    expect(faults).toEqual([{ error: new Error('the connection was lost'), requestId: 'r1' }]);
  });

  it('has no warning when it is confirmed, and a query is not confirmed at all', async () => {
    const confirmed = await run('mutation { suspendGrant }', async () => undefined);
    expect(confirmed).toEqual({ body: { data: { suspendGrant: 1 } }, faults: [] });
    const query = await run('{ a }', lost);
    expect(query).toEqual({ body: { data: { suspendGrant: 1 } }, faults: [] });
  });
});
