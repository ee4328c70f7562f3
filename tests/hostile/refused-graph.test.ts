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
  it('starts on a graph whose publishers nobody registered, says what is wrong, and asks them nothing', async () => {
    const nobody: ReleasePolicy = { publishers: new Map(), consents: [] };
    const hub = await startSmallHub({}, undefined, 'warn', () => nobody);
    try {
      expect(hub.log).toMatchObject([{ problem: { code: 'PUBLISHER_UNKNOWN', subgraph: 'police' } }]);
      hub.providerLog.length = 0;
      const { data, errors } = (await (await hub.post(QUERY)).json()) as { data: unknown; errors: unknown };
      expect(data).toEqual({ station: null });
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_PUBLISHED', item: 'Query.station' } }]);
      expect(hub.providerLog).toEqual([]);
    } finally {
      await hub.stop();
    }
  });

  it('keeps the graph it has when the register takes a permit back, gives nothing of that department, and says so everywhere', async () => {
    let policy = registered('police');
    const hub = await startSmallHub({}, undefined, 'warn', () => policy);
    try {
      policy = registered('tax');
      expect(await hub.reload()).toMatchObject({ kind: 'refused' });
      expect(await (await hub.post(QUERY)).json()).toMatchObject({
        data: { station: null },
        errors: [{ extensions: { item: 'Query.station', code: 'NOT_PUBLISHED' } }],
      });
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
