import { afterEach, describe, expect, it } from '@jest/globals';
import { startSmallHub, type SmallHub } from './support/small-hub.js';

describe('the text of a subgraph’s error', () => {
  let hub: SmallHub;
  afterEach(() => hub.stop());
  const details = async (settings: Record<string, string>) => {
    hub = await startSmallHub(settings);
    const answer = await hub.post({ query: '{ station(number: "1") { broken } }' });
    const { errors } = (await answer.json()) as { errors: { extensions: Record<string, unknown> }[] };
    return errors.map(({ extensions }) => extensions);
  };

  it.each(['development', 'test', 'production'])('never reaches a caller, with NODE_ENV=%s', async (NODE_ENV) => {
    expect(await details({ NODE_ENV })).toEqual([{ code: 'SUBGRAPH_ERROR', subgraph: 'police' }]);
  });

  it('is passed on where the operator asks for it by name', async () => {
    expect(await details({ EXPOSE_PROVIDER_ERRORS: 'true' })).toMatchObject([
      { detail: 'The provider failed on this field.' },
    ]);
  });
});
