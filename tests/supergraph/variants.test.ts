import { randomBytes, createSecretKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { GraphEngine } from '../../gateway/execution/graph-engine.js';
import { DEFAULT_FETCH_LIMITS } from '../../gateway/execution/subgraph-client.js';
import { GraphHolder, type ActiveGraph } from '../../gateway/supergraph/graph-holder.js';
import type { VariantLine } from '../../gateway/variants/variant-link.js';
import { Variants } from '../../gateway/variants/variants.js';
import type { Caller } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { snapshotOf } from '../permission/support/test-decider.js';

const HOUR = 3_600_000;
const PERSONS = { zhao: 'police', lin: 'police', chen: 'tax' } as const;
type Person = keyof typeof PERSONS;
const callerOf = (person: Person): Caller => ({
  department: PERSONS[person],
  system: `${PERSONS[person]}-app`,
  person,
  roles: ['provider'],
});
const register = (): GovernanceSnapshot => ({
  ...snapshotOf([]),
  departments: new Map(
    Object.values(PERSONS).map((code) => [code, { code, name: code, suspended: false, roles: ['provider'] }]),
  ),
  officers: new Map(
    Object.entries(PERSONS).map(([subject, department]) => [
      subject,
      { subject, name: subject, department, roles: ['provider'], posts: ['DATA_ADMINISTRATOR'], suspended: false },
    ]),
  ),
  publishers: new Map(Object.values(PERSONS).map((department) => [department, [department]])),
});
const graphOf = (version: string) =>
  ({ graph: { version }, engine: { close: async () => undefined } }) as unknown as ActiveGraph<GraphEngine>;

let lines: VariantLine[];
let variants: Variants;
/** Composes the graph of a variant, when it is told to. */
let compose: () => Promise<void>;
beforeEach(async () => {
  jest.useFakeTimers();
  lines = [];
  compose = async () => undefined;
  const holder = new GraphHolder<GraphEngine>();
  await holder.swap(async () => graphOf('in force'));
  variants = new Variants({
    holder,
    feed: { current: async () => register() },
    openGraph: async () => compose().then(() => graphOf('dev')),
    limits: DEFAULT_FETCH_LIMITS,
    most: 1,
  });
});
afterEach(() => void jest.useRealTimers());

const start = (person: Person, name = 'mine') =>
  variants.start(
    callerOf(person),
    { subgraph: PERSONS[person], name, sdl: 'type Query', key: createSecretKey(randomBytes(32)) },
    (line) => void lines.push(line),
  );
const acquire = async () => (await variants.acquire('mine', callerOf('lin'))).release();
const ends = () => lines.flatMap((line) => (line.type === 'end' ? [line.reason] : []));

describe('a subgraph that a department tries', () => {
  it('ends after eight hours', async () => {
    await start('zhao');
    const [opened] = lines as [VariantLine & { type: 'open' }];
    expect(Date.parse(opened.expiresAt) - Date.now()).toBe(8 * HOUR);
    await jest.advanceTimersByTimeAsync(8 * HOUR - 1);
    await acquire();
    expect(ends()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(ends()).toEqual(['Its time is over.']);
    await expect(acquire()).rejects.toMatchObject({ code: 'VARIANT_UNKNOWN' });
  });

  it('ends after eight hours also where the machine slept, and its timers with it', async () => {
    await start('zhao');
    jest.setSystemTime(Date.now() + 8 * HOUR);
    await expect(acquire()).rejects.toMatchObject({ code: 'VARIANT_UNKNOWN' });
    expect(ends()).toEqual(['Its time is over.']);
  });

  it('has its place and its name from the moment in which its graph is composed', async () => {
    let go!: () => void;
    compose = () => new Promise((resolve) => (go = resolve));
    const first = start('zhao');
    await jest.advanceTimersByTimeAsync(2_000);
    await expect(start('lin')).rejects.toMatchObject({ code: 'VARIANT_REFUSED' });
    await expect(start('chen')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    go();
    await first;
    await acquire();
  });

  it('leaves its place when its graph is refused', async () => {
    compose = () => Promise.reject(new Error('it does not compose'));
    await expect(start('zhao')).rejects.toMatchObject({ code: 'VARIANT_REFUSED' });
    compose = async () => undefined;
    await start('chen');
  });
});
