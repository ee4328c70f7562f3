import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { openBoundedPool } from '../../shared/database/open-bounded-pool.js';
import type { Coordinate } from '../../shared/kernel/index.js';
import type { Comparison } from './comparisons.js';
import type { Asker, BegunGuesses, ExcessClaim, GuessLedger, GuessRun } from './guess-ledger.js';
import * as sql from './guess-statements.js';

/** Our own safeguards; no text of law names numbers. */
export interface GuessLimits {
  /** Claims of one department about one item of one record that are not confirmed, a day. */
  readonly perDay: number;
  /** Those of all departments, in thirty days. */
  readonly perMonth: number;
}

/** Longest wait for the database, milliseconds. What is metered is refused after it. */
const PATIENCE_MS = 5_000;
/** Times that it is tried to take back what was confirmed; an answer waits for it, so not beyond the longest wait. */
const SETTLE_TIMES = 3;

/** The ledger of guesses in the governance database. Subjects and claims are kept as keyed hashes only. Everything is counted
 *  in one transaction before the provider is asked, so that parallel calls never share a try, and a gateway that is killed has
 *  used what it began. */
export class DatabaseGuesses implements GuessLedger {
  private readonly pool: pg.Pool;
  /** Comparisons are hashed once, and looked at twice. */
  private readonly tries = new WeakMap<Comparison, Try>();

  /** @param key         secret of the hub, from which the hashes' key is derived
   *  @param onUnsettled  told why claims that were confirmed stay counted */
  constructor(
    url: string,
    private readonly key: string,
    private readonly limits: GuessLimits,
    private readonly onUnsettled: (error: unknown) => void = () => undefined,
  ) {
    this.pool = openBoundedPool(url, { name: 'sharehub-gateway-guesses', patienceMs: PATIENCE_MS });
  }

  async begin(
    asker: Asker,
    comparisons: readonly Comparison[],
    providerOf: (item: Coordinate) => string,
  ): Promise<BegunGuesses> {
    const excess = new Map<Comparison, Excess>();
    for (;;) {
      // A place that makes too many is refused whole.
      const closed = new Set([...excess.keys()].map(({ site }) => site));
      const asked = comparisons.filter(({ site }) => !closed.has(site));
      const { over, run } = await this.count(asker, asked, excess.size);
      if (over.size === 0) return { run, refused: await this.lock(asker, excess, providerOf) };
      for (const [one, why] of over) excess.set(one, why);
    }
  }

  /** @returns  those that are too many; then nothing was counted */
  private count(asker: Asker, comparisons: readonly Comparison[], refused: number): Promise<Counted> {
    return this.transact(async (client): Promise<Counted> => {
      const tries = this.hashed(comparisons);
      const name = randomBytes(12).toString('base64url');
      const fresh = await idsOf(client, sql.TRY, [asker.department, ...columnsOf(tries), name], tries.length);
      const counted = fresh ? tries.filter(({ id }) => fresh.has(id)) : tries;
      const over = new Map<string, Excess>();
      const limits = this.limitsOf(asker.department);
      const { subjects, items, numbers } = sumUp(counted);
      const given = [
        ...[subjects, items, numbers],
        ...[limits.map(({ scope }) => scope), limits.map(({ most }) => most), limits.map(({ period }) => period)],
      ];
      const kept = await idsOf(client, sql.MISS, given, items.length * limits.length);
      if (kept)
        for (const limit of limits)
          for (const [i, item] of items.entries()) {
            const id = subjects[i]!.toString('hex') + item;
            if (!kept.has(id + limit.scope)) over.set(id, { subject: subjects[i]!, item, ...limit });
          }
      if (over.size > 0) return { over: attribute(counted, over), run: undefined };
      const checks = counted.length + refused;
      if (checks === 0) return { over: new Map(), run: undefined };
      const { rows } = await client.query<{ number: string }>(sql.BEGIN_RUN, [asker.system, checks]);
      return { over: new Map(), run: { number: rows[0]!.number, name } };
    });
  }

  private limitsOf(department: string): readonly Limit[] {
    return [
      { scope: department, most: this.limits.perDay, period: '1 day' },
      { scope: '', most: this.limits.perMonth, period: '30 days' },
    ];
  }

  /** Locks what has no try left, for the provider and the authority to be told of. */
  private async lock(
    { department, system }: Asker,
    excess: ReadonlyMap<Comparison, Excess>,
    providerOf: (item: Coordinate) => string,
  ): Promise<ReadonlyMap<Comparison, ExcessClaim>> {
    if (excess.size === 0) return new Map();
    const all = [...new Map([...excess.values()].map((one) => [keyOf(one), one])).values()];
    const keys = [all.map(({ subject }) => subject), all.map(({ item }) => item), all.map(({ scope }) => scope)];
    const more = [
      all.map(({ item }) => providerOf(item)),
      all.map(({ most }) => most),
      all.map(({ period }) => period),
    ];
    await this.pool.query(sql.END_LOCKS, keys);
    const { rows } = await this.pool.query<{ id: string; until_at: Date; key: string }>(sql.LOCK, [
      ...[...keys, ...more],
      ...[department, system],
    ]);
    const locks = new Map(rows.map(({ id, until_at, key }) => [key, { id, until: until_at.getTime() }]));
    return new Map([...excess].map(([one, why]) => [one, { item: why.item, lock: locks.get(keyOf(why)) }]));
  }

  async settle(
    department: string,
    run: GuessRun | undefined,
    confirmed: readonly Comparison[],
    failed: readonly Comparison[],
  ): Promise<void> {
    if (run === undefined) return;
    const begun = performance.now();
    for (let time = 1; ; time++)
      try {
        await this.transact(async (client) => {
          const failures = await this.giveBack(client, department, failed, run.name);
          const matches = await this.giveBack(client, department, confirmed, null);
          await client.query(sql.END_RUN, [run.number, failures, matches]);
          return NOTHING_OVER;
        });
        return;
      } catch (error) {
        if (time < SETTLE_TIMES && performance.now() - begun < PATIENCE_MS) continue;
        this.onUnsettled(error);
        throw error;
      }
  }

  /** @param run  whose claims alone are given back; null for whoever made them
   *  @returns     number of those that were counted */
  private async giveBack(
    client: pg.PoolClient,
    department: string,
    comparisons: readonly Comparison[],
    run: string | null,
  ): Promise<number> {
    if (comparisons.length === 0) return 0;
    const tries = this.hashed(comparisons);
    const known = await idsOf(client, sql.FORGET, [department, ...columnsOf(tries), run], tries.length);
    const sums = sumUp(known ? tries.filter(({ id }) => known.has(id)) : tries);
    const scopes = [department, ''];
    await client.query(sql.LOCK_MISSES, [sums.subjects, [...new Set(sums.items)], scopes]);
    for (const { subjects, item, number } of groupByItem(sums)) {
      await client.query(sql.GIVE_BACK, [subjects, item, number, scopes]);
      await client.query(sql.UNLOCK, [subjects, item, scopes]);
    }
    return known?.size ?? tries.length;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  /** Comparisons with their hashes, the same claims once, in one order for all. */
  private hashed(comparisons: readonly Comparison[]): Try[] {
    const tries = comparisons.map((of) => {
      let known = this.tries.get(of);
      if (!known) this.tries.set(of, (known = this.hash(of)));
      return known;
    });
    return [...new Map(tries.map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private hash(of: Comparison): Try {
    const hash = (text: string) =>
      createHmac('sha256', this.key).update(`verification\0${text}`).digest().subarray(0, 16);
    const [subject, claims] = [hash(of.subject), hash(`${of.subject}\0${of.claims}`)];
    return { of, subject, claims, id: subject.toString('hex') + claims.toString('hex') };
  }

  /** Runs in a transaction that is kept only where nothing was too many. */
  private async transact<T extends { readonly over: ReadonlyMap<Comparison, Excess> }>(
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query(result.over.size > 0 ? 'rollback' : 'commit');
      return result;
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

interface Try {
  readonly of: Comparison;
  readonly subject: Buffer;
  readonly claims: Buffer;
  readonly id: string;
}
/** A number of misses of one item of a record: of one department, or of all where the scope is empty. */
interface Limit {
  readonly scope: string;
  readonly most: number;
  readonly period: string;
}
interface Excess extends Limit {
  readonly subject: Buffer;
  readonly item: Coordinate;
}
interface Counted {
  readonly over: ReadonlyMap<Comparison, Excess>;
  readonly run: GuessRun | undefined;
}
const NOTHING_OVER = { over: new Map<Comparison, Excess>() };

const keyOf = ({ subject, item, scope }: Excess): string => subject.toString('hex') + item + scope;
const columnsOf = (tries: readonly Try[]): [Buffer[], Buffer[]] => [
  tries.map(({ subject }) => subject),
  tries.map(({ claims }) => claims),
];

/** Ids of the rows that a statement changed; undefined where they are as many as expected. */
async function idsOf(
  client: pg.PoolClient,
  statement: string,
  given: unknown[],
  expected: number,
): Promise<ReadonlySet<string> | undefined> {
  if (expected === 0) return undefined;
  const counted = `with changed as (${statement}) select case when count(id) <> ${expected} then coalesce(array_agg(id) filter (where id is not null), '{}') end as ids from changed`;
  const { rows } = await client.query<{ ids: string[] | null }>(counted, given);
  return rows[0]!.ids === null ? undefined : new Set(rows[0]!.ids);
}

function attribute(tries: readonly Try[], over: ReadonlyMap<string, Excess>): ReadonlyMap<Comparison, Excess> {
  const found = new Map<Comparison, Excess>();
  for (const { subject, of } of tries)
    for (const item of of.items) {
      const excess = over.get(subject.toString('hex') + item);
      if (excess) found.set(of, excess);
    }
  return found;
}

/** In parallel lists. */
interface Sums {
  readonly subjects: Buffer[];
  readonly items: Coordinate[];
  readonly numbers: number[];
}

/** Subjects of which one item was tried equally often. */
function groupByItem({ subjects, items, numbers }: Sums) {
  const groups = new Map<string, { readonly item: Coordinate; readonly number: number; readonly subjects: Buffer[] }>();
  for (const [i, subject] of subjects.entries()) {
    const [item, number] = [items[i]!, numbers[i]!];
    const key = `${item} ${number}`;
    const group = groups.get(key);
    if (group) group.subjects.push(subject);
    else groups.set(key, { item, number, subjects: [subject] });
  }
  return groups.values();
}

/** Number of tries of each item of each subject. */
function sumUp(tries: readonly Try[]): Sums {
  const sums = new Map<string, { subject: Buffer; item: Coordinate; n: number }>();
  for (const { subject, of } of tries)
    for (const item of of.items) {
      const id = subject.toString('hex') + item;
      const sum = sums.get(id) ?? { subject, item, n: 0 };
      sum.n++;
      sums.set(id, sum);
    }
  const all = [...sums.values()];
  return {
    subjects: all.map(({ subject }) => subject),
    items: all.map(({ item }) => item),
    numbers: all.map(({ n }) => n),
  };
}
