import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ContextSigner } from '../../gateway/execution/context-signer.js';
import { queryHash, subgraphKey, verifyContext } from '../../shared/trust/signed-context.js';

const SECRET = 'a secret that only the tests know of.';
const NOW = 1_790_000_000_000;
const QUERY = '{ resident { name } }';

describe('The context of a fetch', () => {
  const read = (token: string, audience: string, query: string, now = NOW) =>
    verifyContext(token, subgraphKey(SECRET, audience), { audience, query, now });
  const caller = { department: 'housing', system: 'housing-app', roles: ['consumer'] as const };
  const signer = new ContextSigner(SECRET);
  const sign = signer.forRequest({ caller, scenario: 'duty', requestId: 'request-1', limits: {}, now: NOW });

  it('is refused for another subgraph, another query, another key, after its time, and when a part is exchanged', () => {
    const token = sign('population', queryHash(QUERY));
    expect(() => read(token, 'geography', QUERY)).toThrow('its signature is wrong');
    expect(() => read(token, 'population', '{ resident { phone } }')).toThrow('it was made for another query');
    expect(() => read(token, 'population', QUERY, NOW + 61_000)).toThrow('it has expired');
    const other = sign('population', queryHash('{ other }'));
    const mixed = [...other.split('.').slice(0, 2), token.split('.')[2]].join('.');
    expect(() => read(mixed, 'population', '{ other }')).toThrow('its signature is wrong');
    const tokenOfGeography = sign('geography', queryHash(QUERY));
    expect(() =>
      verifyContext(tokenOfGeography, subgraphKey(SECRET, 'geography'), {
        audience: 'population',
        query: QUERY,
        now: NOW,
      }),
    ).toThrow('it was made for another subgraph');
  });

  it('says to each subgraph who asks and within what, whatever these are written in', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, fc.array(text), (department, scenario, subgraph, rows) => {
        const limits = { scopes: { 'Resident.phone': rows } };
        const caller = { department, system: 'app', roles: ['consumer'] as const };
        const sign = signer.forRequest({ caller, scenario, requestId: 'request-2', limits, now: NOW });
        for (const query of [QUERY, '{ other }'])
          expect(read(sign(subgraph, queryHash(query)), subgraph, query)).toEqual({
            audience: subgraph,
            queryHash: queryHash(query),
            department,
            system: 'app',
            roles: ['consumer'],
            scenario,
            requestId: 'request-2',
            expiresAt: NOW / 1000 + 60,
            scopes: { 'Resident.phone': rows },
          });
      }),
    );
  });
});
