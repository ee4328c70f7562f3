import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import type { Loose } from '../support/system.js';
import { startSmallHub, type SmallHub } from './support/small-hub.js';

describe('the schema that departments ask by', () => {
  let hub: SmallHub;
  beforeAll(async () => {
    hub = await startSmallHub();
  });
  afterAll(() => hub.stop());
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(hub.url + path, { headers: { authorization: 'Bearer housing', ...headers } });
  const codeOf = async (answer: Response) => {
    const { errors } = (await answer.json()) as Loose;
    return [answer.status, errors[0].extensions.code];
  };

  it('is shown to nobody who has not signed in', async () => {
    for (const path of ['/schema.graphql', '/schema/types?name=Query'])
      expect(await codeOf(await fetch(hub.url + path))).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('is refused by name for another department’s scenario, and for no types or too many', async () => {
    const other = await ask('/schema/types?name=Query', { 'share-scenario': 'unknown' });
    expect(await codeOf(other)).toEqual([403, 'SCENARIO_UNKNOWN']);
    for (const path of ['/schema/types', `/schema/types?${'name=Query&'.repeat(51)}`])
      expect(await codeOf(await ask(path))).toEqual([400, 'BAD_REQUEST']);
  });

  it('is SDL that tools read, with how each item is shared', async () => {
    const answer = await ask('/schema.graphql', { 'accept-encoding': 'gzip' });
    const schema = buildSchema(await answer.text());
    expect(schema.getQueryType()!.getFields().station!.type.toString()).toBe('Station');
    expect(schema.getType('Station')!.toConfig()).toMatchObject({
      fields: { telephone: { description: expect.stringContaining('【有条件共享 CONDITIONAL】') } },
    });
  });

  it('is described type by type under a scenario, and asks no provider', async () => {
    const before = hub.providerLog.length;
    const answer = await ask('/schema/types?name=Station&name=Query', { 'share-scenario': 'duty' });
    const { types } = (await answer.json()) as Loose;
    expect(types.map(({ name }: Loose) => name)).toEqual(['Station', 'Query']);
    expect(types[0].fields.find(({ name }: Loose) => name === 'telephone').refused.code).toBe('GRANT_REQUIRED');
    expect(hub.providerLog.length).toBe(before);
  });
});
