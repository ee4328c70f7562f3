import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Consent } from '../../shared/share/releases/release.js';
import { startPlainHub, type PlainHub, type PlainProvider } from './support/plain-hub.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const ref = { __resolveReference: (given: object) => given };
/** The tax bureau can be asked for a ship by its hull, which the police do not share and always have at hand, or by its
 *  number with the health office. */
const PROVIDERS: Record<string, PlainProvider> = {
  police: {
    sdl: `type Query { ship: Ship ${OPEN} boat: Boat ${OPEN} }
      type Ship @key(fields: "number hull") @key(fields: "number") @resource(code: "S", name: "Ships") {
        number: ID! @subject(kind: ORGANISATION) ${OPEN} hull: String! @share(type: NOT_SHARED, basis: ["Law 1"]) }
      type Boat @key(fields: "number hull") @key(fields: "number") @resource(code: "B", name: "Boats") {
        number: ID! @subject(kind: ORGANISATION) ${OPEN} hull: String! @share(type: NOT_SHARED, basis: ["Law 1"]) }`,
    resolvers: {
      Query: {
        ship: () => ({ number: '9', hull: 'hull of police' }),
        boat: () => ({ number: '8', hull: 'hull of police' }),
      },
    },
  },
  health: {
    sdl: `type Ship @key(fields: "number") @key(fields: "imo") { number: ID! imo: ID! @subject(kind: ORGANISATION) ${OPEN} }`,
    resolvers: { Ship: { __resolveReference: ({ number }: { number: string }) => ({ number, imo: `imo ${number}` }) } },
  },
  tax: {
    sdl: `type Query { taxed: [Boat] ${OPEN} }
      type Ship @key(fields: "number hull") @key(fields: "imo") { number: ID! @external hull: String! @external
        imo: ID! @external tonnage: Int ${OPEN} }
      type Boat @key(fields: "number hull") { number: ID! hull: String! @external length: Int ${OPEN} }`,
    resolvers: {
      Query: { taxed: () => [{ number: '8' }] },
      Ship: { ...ref, tonnage: () => 800 },
      Boat: { ...ref, length: () => 6 },
    },
  },
};

const consentTo = (type: string, until: number): Consent => ({
  id: `C-${type}`,
  item: `${type}.hull`,
  owner: 'police',
  receiver: 'tax',
  receiverSubgraph: 'tax',
  use: 'KEY',
  coordinate: type,
  purpose: 'the tax',
  until,
  decidedBy: ['a', 'b'],
});
const consents = (until: number) => [consentTo('Ship', until), consentTo('Boat', until)];
const QUERY = '{ ship { number tonnage } boat { number length } }';

describe('A subgraph with two keys, of which the nearer must not be sent,', () => {
  let hub: PlainHub;
  beforeAll(async () => {
    hub = await startPlainHub(PROVIDERS, [], {}, { consents: consents(Date.now() - 1) });
  }, 60_000);
  afterAll(() => hub.stop());
  const sentToTax = () =>
    hub.received.flatMap(({ subgraph, variables }) => (subgraph === 'tax' ? [JSON.stringify(variables)] : []));

  it('is asked by the other one, over a further subgraph; what has no other is refused by name', async () => {
    const { data, errors } = await hub.ask(QUERY);
    expect(data).toEqual({ ship: { number: '9', tonnage: 800 }, boat: { number: '8', length: null } });
    expect(errors).toMatchObject([
      {
        path: ['boat', 'length'],
        message: 'The key of Boat sends Boat.hull to subgraph tax (tax), without a live consent of police.',
        extensions: { code: 'RELEASE_NOT_CONSENTED', consent: { item: 'Boat.hull', receiverSubgraph: 'tax' } },
      },
    ]);
    expect(sentToTax()).toEqual(['{"representations":[{"__typename":"Ship","imo":"imo 9"}]}']);
    expect(JSON.stringify(hub.received)).not.toContain('hull of police');
  });

  it('is explained so, item by item, and nobody is asked', async () => {
    hub.received.length = 0;
    const { items } = await hub.explain('{ b: boat { number meters: length } ship { tonnage } }');
    expect(items.flatMap(({ path, code }) => (code === undefined ? [] : [[path, code]]))).toEqual([
      ['b.meters', 'RELEASE_NOT_CONSENTED'],
    ]);
    expect(hub.received).toEqual([]);
  });

  it('answers what its own fields lead to, where nothing is sent', async () => {
    const { data, errors } = await hub.ask('{ taxed { length } }');
    expect([data, errors]).toEqual([{ taxed: [{ length: 6 }] }, []]);
  });

  it('is asked by the nearer one once the owner has consented, without the old plan', async () => {
    hub.feed.commit([], { consents: consents(Date.now() + 3_600_000) });
    hub.received.length = 0;
    const { data, errors } = await hub.ask(QUERY);
    expect([data, errors]).toEqual([{ ship: { number: '9', tonnage: 800 }, boat: { number: '8', length: 6 } }, []]);
    expect(sentToTax().join()).toContain('"__typename":"Ship","number":"9","hull":"hull of police"');
    expect(sentToTax().join()).not.toContain('imo');
  });
});

describe('A subgraph with two types whose keys name one item', () => {
  /** A plate of the police, by which health has cars and carts. */
  const stub = (type: string, key = '') =>
    `type ${type} ${key} @key(fields: "plate { text }") { plate: Plate! @external`;
  const providers: Record<string, PlainProvider> = {
    police: {
      sdl: `type Query { car: Car ${OPEN} cart: Cart ${OPEN} }
        type Car @key(fields: "plate { text }") @resource(code: "C", name: "Cars") { plate: Plate! ${OPEN}
          vin: ID! @share(type: NOT_SHARED, basis: ["Law 1"]) }
        type Cart @key(fields: "plate { text }") @resource(code: "T", name: "Carts") { plate: Plate! ${OPEN} }
        type Plate { text: String! ${OPEN} }`,
      resolvers: {
        Query: {
          car: () => ({ vin: 'vin of police', plate: { text: 'A1' } }),
          cart: () => ({ plate: { text: 'B2' } }),
        },
      },
    },
    health: {
      sdl: `${stub('Car', '@key(fields: "vin")')} vin: ID! @external smoke: Int! ${OPEN} } ${stub('Cart')} dust: Int! ${OPEN} } type Plate { text: String! @external }`,
      resolvers: { Car: { ...ref, smoke: () => 1 }, Cart: { ...ref, dust: () => 2 } },
    },
  };
  const consentsTo = (type: string) =>
    [`${type}.plate`, 'Plate.text'].map((item) => ({
      ...{ ...consentTo(type, Date.now() + 3_600_000), id: `C-${type}-${item}`, item },
      ...{ receiver: 'health', receiverSubgraph: 'health' },
    }));
  let hub: PlainHub;
  beforeAll(async () => {
    hub = await startPlainHub(providers, [], {}, { consents: consentsTo('Car') });
  }, 60_000);
  afterAll(() => hub.stop());
  const ask = async () => {
    const { data, errors } = await hub.ask('{ car { smoke } cart { dust } }');
    return [data, errors.map(({ path, extensions }) => `${path!.join('.')} ${extensions.code}`)];
  };

  it('is sent it for the type that its owner consented to, and not for the other', async () => {
    expect(await ask()).toEqual([{ car: { smoke: 1 }, cart: { dust: null } }, ['cart.dust RELEASE_NOT_CONSENTED']]);
    expect(JSON.stringify(hub.received)).not.toMatch(/B2|vin of police/);
    hub.feed.commit([], { consents: [...consentsTo('Car'), ...consentsTo('Cart')] });
    expect(await ask()).toEqual([{ car: { smoke: 1 }, cart: { dust: 2 } }, []]);
  });
});
