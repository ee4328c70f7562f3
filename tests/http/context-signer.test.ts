import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ContextSigner } from '../../gateway/execution/context-signer.js';
import { bodyHash, subgraphKey, verifyContext } from '../../shared/trust/signed-context.js';

const SECRET = 'a secret that only the tests know of.';
const NOW = 1_790_000_000_000;
const BODY = '{"query":"{ resident { name } }","variables":{"id":"1"}}';
const OTHER = BODY.replace('"1"', '"2"');

describe('The context of a fetch', () => {
  const read = (token: string, audience: string, body: string, now = NOW) =>
    verifyContext(token, [subgraphKey(SECRET, audience)], { audience, body: Buffer.from(body), now });
  const caller = { department: 'housing', system: 'housing-app', roles: ['consumer'] as const };
  const signer = new ContextSigner(SECRET);
  const sign = signer.forRequest({ caller, scenario: 'duty', requestId: 'request-1', limits: {}, now: NOW });

  it('is refused for another subgraph, other variables, another key, after its time, and when a part is exchanged', () => {
    const token = sign('population', BODY).sign();
    expect(() => read(token, 'geography', BODY)).toThrow('its signature is wrong');
    expect(() => read(token, 'population', OTHER)).toThrow('it was made for another query or other variables');
    expect(() => read(token, 'population', BODY, NOW + 61_000)).toThrow('it has expired');
    const other = sign('population', OTHER).sign();
    const mixed = [...other.split('.').slice(0, 2), token.split('.')[2]].join('.');
    expect(() => read(mixed, 'population', OTHER)).toThrow('its signature is wrong');
    const tokenOfGeography = sign('geography', BODY).sign();
    expect(() =>
      verifyContext(tokenOfGeography, [subgraphKey(SECRET, 'geography')], {
        audience: 'population',
        body: Buffer.from(BODY),
        now: NOW,
      }),
    ).toThrow('it was made for another subgraph');
  });

  it('is another each time, so that a subgraph can accept each once', () => {
    const idOf = (token: string) => read(token, 'population', BODY).id;
    const again = new ContextSigner(SECRET).forRequest({
      caller,
      scenario: 'duty',
      requestId: 'request-1',
      limits: {},
      now: NOW,
    });
    const ids = [sign, sign, again, again].map((one) => idOf(one('population', BODY).sign()));
    expect(new Set(ids).size).toBe(4);
  });

  describe('while one key takes the place of another', () => {
    const until = NOW + 1_000;
    const keys = new Map([['population', [{ number: 2 }, { number: 1, until }, { number: 0, until: NOW }]]]);
    const numberOf = (token: string): number =>
      [0, 1, 2].find((number) => {
        try {
          const expected = { audience: 'population', body: Buffer.from(BODY), now: NOW };
          return verifyContext(token, [subgraphKey(SECRET, 'population', number)], expected);
        } catch {
          return false;
        }
      })!;
    const contextsOf = (one: ContextSigner, now = NOW) =>
      one.forRequest({ caller, scenario: undefined, requestId: 'request-3', limits: {}, keys, now })(
        'population',
        BODY,
      );

    it('never signs with a key that has ended, nor with more than those that hold', () => {
      const refused: string[] = [];
      const one = new ContextSigner(SECRET, (subgraph) => refused.push(subgraph));
      const contexts = contextsOf(one);
      expect([numberOf(contexts.sign()), contexts.changeKey()]).toEqual([2, true]);
      expect([numberOf(contexts.sign()), contexts.changeKey()]).toEqual([1, false]);
      expect(refused).toEqual(['population']);
      const later = contextsOf(one, until);
      expect([numberOf(later.sign()), later.changeKey()]).toEqual([2, false]);
    });

    it('goes on with the key that was not refused', () => {
      const one = new ContextSigner(SECRET);
      contextsOf(one).changeKey();
      expect(numberOf(contextsOf(one).sign())).toBe(1);
      contextsOf(one).changeKey();
      expect(numberOf(contextsOf(one).sign())).toBe(2);
    });
  });

  it('says to each subgraph who asks and within what, whatever these are written in', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, text, fc.array(text), (department, scenario, subgraph, rows) => {
        const limits = { scopes: { 'Resident.phone': rows } };
        const caller = { department, system: 'app', roles: ['consumer'] as const };
        const sign = signer.forRequest({ caller, scenario, requestId: 'request-2', limits, now: NOW });
        for (const body of [BODY, OTHER])
          expect(read(sign(subgraph, body).sign(), subgraph, body)).toEqual({
            audience: subgraph,
            bodyHash: bodyHash(body),
            id: expect.any(String),
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
