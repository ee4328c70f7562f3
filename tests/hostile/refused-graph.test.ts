import { describe, expect, it } from '@jest/globals';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import { startSmallHub } from '../http/support/small-hub.js';

const registered = (...departments: string[]): ReleasePolicy => ({
  publishers: new Map([['police', departments]]),
  consents: [],
});
const QUERY = { query: '{ station(number: "1") { number } }' };
const ANSWER = { data: { station: { number: '1' } } };

describe('A gateway', () => {
  it('does not start on a graph whose publishers are not registered, and says what is wrong', async () => {
    const start = startSmallHub({}, undefined, 'warn', () => ({ publishers: new Map(), consents: [] }));
    await expect(start).rejects.toMatchObject({
      code: 'SHARE_RULES_INVALID',
      message: expect.stringContaining('[PUBLISHER_UNKNOWN] Nobody registered'),
    });
    await expect(startSmallHub({}, undefined, 'warn', () => registered('tax'))).rejects.toMatchObject({
      message: expect.stringContaining('[FOREIGN_ITEM] Subgraph police publishes Station as an item of police'),
    });
  });

  it('goes on with the graph it has when the register takes a permit back, and names that in log, readiness and metrics', async () => {
    let policy = registered('police');
    const hub = await startSmallHub({}, undefined, 'warn', () => policy);
    try {
      policy = registered('tax');
      expect(await hub.reload()).toMatchObject({ kind: 'refused' });
      expect(await (await hub.post(QUERY)).json()).toEqual(ANSWER);
      expect(hub.log.at(-1)).toMatchObject({ msg: 'the new graph was refused; the old one stays in force' });
      expect(await (await hub.metrics()).text()).toContain('sharehub_graph_refused{code="FOREIGN_ITEM"} 1');
      const readiness = await fetch(`${hub.url}/readyz`);
      expect([readiness.status, JSON.stringify(await readiness.json())]).toEqual([
        200,
        expect.stringContaining('FOREIGN_ITEM'),
      ]);
      policy = registered('police', 'tax');
      expect(await hub.reload()).toMatchObject({ kind: 'swapped' });
      expect(await (await hub.metrics()).text()).not.toContain('sharehub_graph_refused{');
      expect(await (await hub.post(QUERY)).json()).toEqual(ANSWER);
    } finally {
      await hub.stop();
    }
  });
});
