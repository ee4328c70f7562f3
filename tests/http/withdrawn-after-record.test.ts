import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RequestDecision } from '../../gateway/request/request-context.js';
import { HubError } from '../../shared/kernel/index.js';
import { send, toyHub, type InMemoryHub } from './support/in-memory-hub.js';

let hub: InMemoryHub;
/** The state of the decision in governance when the record is on disk. */
let holds: () => Promise<boolean>;
beforeAll(async () => {
  hub = await toyHub({
    execute: (context, operation, variables, signal) => {
      context.decision = { holds: () => holds() } as RequestDecision;
      return context.activeGraph.engine.run(operation, variables, signal);
    },
  });
});
afterAll(() => hub.close());

describe('A decision that is withdrawn while the record waits for its storage', () => {
  it('gives nothing', async () => {
    holds = async () => false;
    expect(await send(hub, { query: '{ hello }' })).toMatchObject({ status: 503, code: 'GRANTS_STALE' });
    holds = () => Promise.reject(new HubError('GRANTS_STALE', 'The database is away.'));
    expect(await send(hub, { query: '{ hello }' })).toMatchObject({ status: 503, code: 'GRANTS_STALE' });
  });

  it('does not hide that a mutation was made', async () => {
    holds = async () => false;
    expect((await send(hub, { query: 'mutation { touch }' })).body.data).toEqual({ touch: 1 });
  });

  it('leaves every other answer alone', async () => {
    holds = async () => true;
    expect((await send(hub, { query: '{ hello }' })).status).toBe(200);
  });
});
