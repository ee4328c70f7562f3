import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Grant } from '../../shared/kernel/index.js';
import { liveGrant, startPlainHub, type PlainHub } from './support/plain-hub.js';

/** A provider's answers wait until they are let go. */
class Gate {
  private readonly waiting: (() => void)[] = [];
  private readonly arrivals: (() => void)[] = [];
  private come = 0;
  closed = false;

  pass = (): Promise<void> | undefined => {
    this.come++;
    this.arrivals.splice(0).forEach((arrived) => arrived());
    return this.closed ? new Promise((go) => this.waiting.push(go)) : undefined;
  };
  /** Resolves once a request waits here. */
  async arrival(): Promise<void> {
    if (this.come === 0) await new Promise<void>((arrived) => this.arrivals.push(arrived));
  }
  open(): void {
    this.closed = false;
    this.waiting.splice(0).forEach((go) => go());
  }
  reset(): void {
    this.open();
    this.come = 0;
  }
}

const gates = { police: new Gate(), tax: new Gate(), health: new Gate() };
const PHONE = { police: 'phone', tax: 'income', health: 'blood' } as const;
const provider = (name: keyof typeof PHONE) => {
  const field = PHONE[name];
  const root =
    name === 'police'
      ? `type Query { person: Person @share(type: UNCONDITIONAL) people: [Person!] @share(type: UNCONDITIONAL) open: String @share(type: UNCONDITIONAL) }
         type Mutation { move: Person @share(type: UNCONDITIONAL) }`
      : '';
  const own = name === 'police' ? '@resource(code: "P", name: "People")' : '';
  return {
    sdl: `${root}
      type Person @key(fields: "id") ${own} { id: ID! ${name === 'police' ? '@subject(kind: PERSON) @share(type: UNCONDITIONAL)' : ''} ${field}: String @share(type: CONDITIONAL) ${name === 'health' ? 'clinic: String @share(type: UNCONDITIONAL)' : ''} }`,
    resolvers: {
      ...(name === 'police' && {
        Query: { person: () => ({ id: '1', phone: 'secret of police' }), people: () => [], open: () => 'open' },
        Mutation: { move: () => ({ id: '1', phone: 'secret of police' }) },
      }),
      Person: {
        __resolveReference: ({ id }: { id: string }) => ({ id, [field]: `secret of ${name}`, clinic: 'clinic 1' }),
      },
    },
    gate: () => gates[name].pass(),
  };
};
const ALL = '{ person { id phone income blood } }';
const granted = (...names: readonly string[]): Grant[] =>
  names.map((name) => liveGrant([`Person.${name}`], { department: 'housing' }));
const everything = () => granted('phone', 'income', 'blood');

let hub: PlainHub;
beforeAll(async () => {
  hub = await startPlainHub(
    { police: provider('police'), tax: provider('tax'), health: provider('health') },
    everything(),
    // Far longer than this test runs: what ends, ends because it is given up.
    { SUBGRAPH_TIMEOUT_MS: '600000', REQUEST_DEADLINE_MS: '600000' },
  );
}, 60_000);
afterAll(() => hub.stop());
beforeEach(() => {
  hub.feed.commit(everything());
  hub.received.length = 0;
});
afterEach(() => Object.values(gates).forEach((gate) => gate.reset()));

const ask = (query = ALL) => hub.ask(query, undefined, 'housing');
const asked = () => hub.received.map(({ subgraph }) => subgraph);
const lastRecord = async () => (await hub.records()).at(-1)!;

describe('A revocation while a request is in flight', () => {
  it('ends the wait for a provider, asks no other, and gives no value', async () => {
    gates.police.closed = true;
    const answer = ask();
    await gates.police.arrival();
    hub.feed.commit([]);
    // The provider never answers: the gate stays closed.
    const { data, text, errors } = await answer;
    expect(text).not.toContain('secret');
    expect(data?.person ?? null).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toContain('GRANT_REQUIRED');
    expect(asked().filter((name) => name !== 'police')).toEqual([]);
  });

  it('withholds what was fetched before, and gives the rest of it', async () => {
    gates.health.closed = true;
    const answer = ask();
    await gates.health.arrival();
    hub.feed.commit(granted('phone', 'blood'));
    const { data, text, errors } = await answer;
    expect(text).not.toContain('secret of tax');
    expect(data.person).toEqual({ id: '1', phone: 'secret of police', income: null, blood: null });
    expect(errors).toMatchObject([
      { path: ['person', 'income'], extensions: { code: 'GRANT_REQUIRED', item: 'Person.income' } },
      // The provider was given up, whatever it was to give.
      { path: ['person', 'blood'], extensions: { code: 'GRANTS_STALE', subgraph: 'health' } },
    ]);
    const { released, denied } = await lastRecord();
    expect(denied).toEqual([{ coordinate: 'Person.income', code: 'GRANT_REQUIRED' }]);
    expect(released).not.toContain('Person.income');
  });

  it('that nobody was told of is seen before the next provider is asked', async () => {
    gates.police.closed = true;
    const answer = ask();
    await gates.police.arrival();
    hub.feed.commitUnheard([]);
    gates.police.open();
    const { text } = await answer;
    expect(text).not.toContain('secret');
    expect(asked().filter((name) => name !== 'police')).toEqual([]);
  });

  it('that nobody was told of is seen before the answer leaves', async () => {
    gates.police.closed = true;
    const answer = ask('{ person { phone } }');
    await gates.police.arrival();
    hub.feed.commitUnheard([]);
    gates.police.open();
    const { data, errors } = await answer;
    expect(data).toEqual({ person: { phone: null } });
    expect(errors).toMatchObject([{ path: ['person', 'phone'], extensions: { code: 'GRANT_REQUIRED' } }]);
    expect(await lastRecord()).toMatchObject({ denied: [{ coordinate: 'Person.phone', code: 'GRANT_REQUIRED' }] });
  });

  it('narrows and de-identifies what was fetched whole', async () => {
    const under = async (more: Partial<Grant>) => {
      gates.police.closed = true;
      const answer = ask('{ person { phone } }');
      await gates.police.arrival();
      hub.feed.commitUnheard([liveGrant(['Person.phone'], { department: 'housing', ...more })]);
      gates.police.open();
      const { data } = await answer;
      gates.police.reset();
      hub.feed.commit(everything());
      return data.person.phone;
    };
    expect(await under({ masks: { 'Person.phone': 'NAME' } })).toBe('s***************');
    expect(await under({ rows: ['330102'] })).toBeNull();
  });

  it('leaves a request alone that does not rest on it', async () => {
    gates.health.closed = true;
    const answer = ask('{ person { id clinic } }');
    await gates.health.arrival();
    hub.feed.commit([]);
    gates.health.open();
    expect((await answer).data.person).toEqual({ id: '1', clinic: 'clinic 1' });
    expect(asked()).toEqual(['police', 'health']);
  });

  it('does not repeat a mutation, and gives no value of it', async () => {
    gates.police.closed = true;
    const answer = ask('mutation { move { id phone income } }');
    await gates.police.arrival();
    hub.feed.commit([]);
    gates.police.open();
    const { data, text } = await answer;
    expect(text).not.toContain('secret');
    expect(data.move.id).toBe('1');
    expect(asked()).toEqual(['police']);
  });

  it('is listened to by no request that has ended', async () => {
    const idle = hub.feed.listening;
    await ask();
    expect(hub.feed.listening).toBe(idle);
  });
});

describe('While a request is in flight', () => {
  it('a grant that ends gives nothing any more', async () => {
    hub.feed.commit([liveGrant(['Person.phone'], { department: 'housing', until: Date.now() + 300 })]);
    gates.police.closed = true;
    // The provider never answers; the end of the grant ends the wait.
    const { errors, text } = await ask('{ person { phone } }');
    expect(text).not.toContain('secret');
    expect(errors[0]!.extensions.code).toBe('GRANT_EXPIRED');
  });

  it('a grant that ends gives nothing any more, also where the clock was set back meanwhile', async () => {
    const now = Date.now;
    const until = now() + 100;
    hub.feed.commit([liveGrant(['Person.phone'], { department: 'housing', until })]);
    gates.police.closed = true;
    const answer = ask('{ person { phone } }');
    await gates.police.arrival();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 50);
    const { errors } = await answer;
    clock.mockRestore();
    expect(errors[0]!.extensions.code).toBe('GRANT_EXPIRED');
  });

  it('a lease that runs out stops the next fetch, and the answer', async () => {
    for (const query of [ALL, '{ person { phone } }']) {
      gates.police.closed = true;
      hub.received.length = 0;
      const answer = ask(query);
      await gates.police.arrival();
      hub.feed.expire();
      gates.police.open();
      const { text, errors } = await answer;
      hub.feed.renew();
      gates.police.reset();
      expect(text).not.toContain('secret');
      expect(errors[0]!.extensions.code).toBe('GRANTS_STALE');
      expect(asked()).toEqual(['police']);
    }
  });

  it('a department that is suspended gets nothing', async () => {
    gates.police.closed = true;
    const answer = ask();
    await gates.police.arrival();
    const { departments } = hub.feed.fresh()!;
    const suspended = { ...departments.get('housing')!, suspended: true };
    hub.feed.commit(everything(), { departments: new Map([...departments, ['housing', suspended]]) });
    const { text, errors } = await answer;
    expect(text).not.toContain('secret');
    expect(errors[0]!.extensions.code).toBe('CALLER_SUSPENDED');
    expect(asked()).toEqual(['police']);
  });

  it('a quota that the request itself used up does not end it', async () => {
    hub.feed.commit([liveGrant(['Person.phone'], { department: 'housing', quotaPerDay: 1 })]);
    gates.police.closed = true;
    const answer = ask('{ person { phone } }');
    await gates.police.arrival();
    hub.feed.commit(hub.feed.fresh()!.grants.get('housing|audit')!);
    gates.police.open();
    expect((await answer).data.person.phone).toBe('secret of police');
  });
});
