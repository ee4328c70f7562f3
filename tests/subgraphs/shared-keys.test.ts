import { expect, it } from '@jest/globals';
import { requireHubContext } from '../../shared/subgraph/admission.js';
import { CursorCodec } from '../../shared/subgraph/cursor-codec.js';
import { bodyHash, signContext, subgraphKey } from '../../shared/trust/signed-context.js';
import { HubKeys, readSubgraphKey, writeSubgraphKeys } from '../../shared/trust/subgraph-keys.js';
import { TEST_SECRET } from '../support/subgraph-client.js';

const END = Date.parse('2026-12-04T00:00:00Z');
const VERSIONS = new Map([['clinic', [{ number: 1 }, { number: 0, until: END }]]]);
const printed = (now: number) => writeSubgraphKeys(new HubKeys(TEST_SECRET).held('clinic', VERSIONS, now));
const [OLD, NEW] = [0, 1].map((number) => subgraphKey(TEST_SECRET, 'clinic', number));

it.each<[string, string | undefined]>([
  ['nothing', undefined],
  ['no key', 'secret-word'],
  ['a key that is cut off', printed(0).slice(0, 40)],
  ['an older key without its end', printed(END).concat(',', printed(END))],
  ['an end that is no time', printed(END).concat(',', printed(END), '@soon')],
  ['an end of the only key', `${printed(END)}@2026-12-04T00:00:00Z`],
])('%s is no text of a key, and is not repeated', (_, text) => {
  const read = () => readSubgraphKey(text);
  expect(read).toThrow('sharehub key --subgraph');
  expect(read).not.toThrow(/secret-word|soon/);
});

it('the older of two printed keys lets the hub in until its end, and no longer', async () => {
  const body = Buffer.from('{"query":"{ visits }"}');
  const admit = (key: typeof OLD, now: number) => {
    const context = { audience: 'clinic', department: 'tax', system: 'tax-app', requestId: 'r' };
    const token = signContext(
      { ...context, bodyHash: bodyHash(body), id: String(Math.random()), expiresAt: now / 1000 + 30 },
      key!,
    );
    const keys = readSubgraphKey(printed(END - 1));
    const received = { body: { query: '{ visits }' }, bytes: body };
    return requireHubContext(
      'clinic',
      keys,
      () => now,
    )(token, received).then(
      () => 'admitted',
      ({ code }: { code: string }) => code,
    );
  };
  expect([await admit(OLD, END - 1000), await admit(NEW, END - 1000)]).toEqual(['admitted', 'admitted']);
  expect([await admit(OLD, END), await admit(NEW, END)]).toEqual(['CONTEXT_REFUSED', 'admitted']);
});

it('who turns pages notices nothing, whichever process answers next', () => {
  const reader = { department: 'tax', system: 'tax-app' };
  let now = END - 1;
  const before = new CursorCodec(() => [{ key: OLD! }]).boundTo(reader);
  const both = new CursorCodec(readSubgraphKey(printed(END - 1)), () => now).boundTo(reader);
  const after = new CursorCodec(() => [{ key: NEW! }]).boundTo(reader);
  expect(before.decode('visits', both.encode('visits', 7))).toBe('7');
  now = END;
  expect(both.decode('visits', before.encode('visits', 8))).toBe('8');
  expect(after.decode('visits', both.encode('visits', 9))).toBe('9');
  expect(() => after.decode('visits', before.encode('visits', 7))).toThrow('not one of this list');
});
