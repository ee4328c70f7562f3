import { createHmac, createSecretKey, hash, randomBytes, type KeyObject } from 'node:crypto';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { CellState, PublishedCell, PublishedTable } from '../../statistics/publish-table.js';
import type { CountedTable } from '../../statistics/roll-up.js';
import { readSketch, sketchText } from '../../statistics/sketch.js';

/** Serialises processes that make the tables at the same time. */
const TABLES_LOCK = 7366;
const TABLES = [
  `create table if not exists statistics_secret (id int primary key check (id = 1), secret bytea not null)`,
  // A department of '' is all departments together.
  `create table if not exists statistics_ledger (resource text, month text, department text, spent int not null,
     primary key (resource, month, department))`,
  `create table if not exists statistics_question (resource text, month text, department text, question text,
     primary key (resource, month, department, question))`,
  `create table if not exists statistics_table (resource text, id text, month text not null, counted_on text not null,
     cells jsonb not null, primary key (resource, id))`,
  `create table if not exists statistics_cell (resource text, cell text, state jsonb not null, primary key (resource, cell))`,
];

/** Units that may be spent in a month. */
export interface StatisticsBudget {
  /** By one department on one resource. */
  readonly department: number;
  /** By all departments on one resource. */
  readonly resource: number;
}
/** A start, by no law: a few tables of a hundred cells a week. */
export const STATISTICS_BUDGET: StatisticsBudget = { department: 2_000, resource: 20_000 };
export interface Spending {
  readonly resource: string;
  /** As 2026-08. */
  readonly month: string;
  readonly department: string;
  /** The question in normal form. */
  readonly question: string;
  readonly cost: number;
}
/** What is published of a table, for as long as its month lasts. */
export interface StoredTable {
  /** Local date. */
  readonly countedOn: string;
  readonly cells: ReadonlyMap<string, PublishedCell>;
}

/** A table that is to be determined. */
export interface TableWork {
  readonly resource: string;
  readonly id: string;
  readonly month: string;
  /** Local date. */
  readonly today: string;
  readonly count: () => Promise<CountedTable>;
  /** @param known  states of the table's cells that were kept */
  readonly publish: (counted: CountedTable, known: ReadonlyMap<string, CellState>) => PublishedTable;
}

/** What a subgraph keeps for its statistics, in a database of its own: budgets, what was published of tables and cells, and
 *  the secret that noise is made with. No exact number of anybody is among it. */
export class StatisticsStore {
  private opened: Promise<Secrets> | undefined;
  /** Ends when this process determines no table. */
  private determining: Promise<unknown> = Promise.resolve();

  /** Month in which this process last cleaned up. */
  private cleaned = '';

  constructor(private readonly orm: MikroORM) {}

  /** The keys that everything is made with. They never change, since the average of several noises is none. */
  secrets(): Promise<Secrets> {
    this.opened ??= this.open().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  /** Spends what a question costs, unless the department has asked it this month. It is committed before anything is counted.
   *  @returns units that are left to the department; undefined where the budget does not last, and nothing is spent */
  async spend(
    { resource, month, department, question, cost }: Spending,
    budget: StatisticsBudget,
  ): Promise<number | undefined> {
    await this.secrets();
    await this.cleanUp(month);
    return this.inTransaction(async (em) => {
      const key = [resource, month, department];
      const asked = await em.execute<unknown[]>(
        `insert into statistics_question values (?, ?, ?, ?) on conflict do nothing returning 1`,
        [...key, hash('sha256', question)],
      );
      // All departments' together first: of those who wait for one another, none waits in a circle.
      const accounts = [
        { department: '', limit: budget.resource },
        { department, limit: budget.department },
      ];
      if (asked.length > 0)
        for (const account of accounts) {
          const spent = await em.execute<unknown[]>(
            `insert into statistics_ledger as ledger select ?, ?, ?, ?::int where ?::int <= ?::int
             on conflict (resource, month, department) do update set spent = ledger.spent + excluded.spent
             where ledger.spent + excluded.spent <= ?::int returning 1`,
            [resource, month, account.department, cost, cost, account.limit, account.limit],
          );
          if (spent.length === 0) throw new BudgetSpent();
        }
      const [ledger] = await em.execute<{ spent: number }[]>(
        `select spent from statistics_ledger where resource = ? and month = ? and department = ?`,
        key,
      );
      return Math.max(0, budget.department - (ledger?.spent ?? 0));
    }).catch((error: unknown) => {
      if (error instanceof BudgetSpent) return undefined;
      throw error;
    });
  }

  async findTable(resource: string, id: string, month: string): Promise<StoredTable | undefined> {
    return readTable(this.orm.em.fork(), resource, id, month);
  }

  /** Determines a table of the month, or gives it where another was first. A process determines one at a time, so that those
   *  who wait hold no connection, and of several processes one at a time for each resource. */
  determineTable(work: TableWork): Promise<StoredTable> {
    const determined = this.determining.then(() => this.determine(work));
    this.determining = determined.catch(() => undefined);
    return determined;
  }

  private determine({ resource, id, month, today, count, publish }: TableWork): Promise<StoredTable> {
    return this.inTransaction(async (em) => {
      await em.execute(`select pg_advisory_xact_lock(hashtextextended(?, ${TABLES_LOCK}))`, [resource]);
      const found = await readTable(em, resource, id, month);
      if (found) return found;
      const counted = await count();
      const known = await em.execute<{ cell: string; state: StoredState }[]>(
        `select cell, state from statistics_cell
         where resource = ? and cell in (select jsonb_array_elements_text(?::jsonb))`,
        [resource, JSON.stringify(counted.cells.map((cell) => cell.id))],
      );
      const { states, published } = publish(counted, new Map(known.map(({ cell, state }) => [cell, readState(state)])));
      await em.execute(
        `insert into statistics_cell select ?, key, value from jsonb_each(?::jsonb)
         on conflict (resource, cell) do update set state = excluded.state`,
        [resource, JSON.stringify(Object.fromEntries([...states].map(([cell, state]) => [cell, writeState(state)])))],
      );
      await em.execute(`delete from statistics_table where resource = ? and month <> ?`, [resource, month]);
      await em.execute(`insert into statistics_table values (?, ?, ?, ?, ?::jsonb)`, [
        ...[resource, id, month, today],
        JSON.stringify(Object.fromEntries(published)),
      ]);
      return { countedOn: today, cells: published };
    });
  }

  /** Removes what past months leave of any resource: budgets, questions and published tables. The month before stays, for
   *  processes whose clocks go behind. States of cells stay as long as the noise: without them few changes would show. */
  private async cleanUp(month: string): Promise<void> {
    if (this.cleaned >= month) return;
    const before = monthBefore(month);
    await this.inTransaction(async (em) => {
      for (const table of ['statistics_ledger', 'statistics_question', 'statistics_table'])
        await em.execute(`delete from ${table} where month < ?`, [before]);
    });
    this.cleaned = month;
  }

  private async open(): Promise<Secrets> {
    const secret = await this.inTransaction(async (em) => {
      await em.execute(`select pg_advisory_xact_lock(${TABLES_LOCK})`);
      for (const table of TABLES) await em.execute(table);
      await em.execute(`insert into statistics_secret values (1, decode(?, 'hex')) on conflict do nothing`, [
        randomBytes(32).toString('hex'),
      ]);
      const [row] = await em.execute<[{ secret: string }]>(
        `select encode(secret, 'hex') as secret from statistics_secret`,
      );
      return Buffer.from(row.secret, 'hex');
    });
    return toSecrets(secret);
  }

  private inTransaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.orm.em.fork().transactional(work);
  }
}

/** @param month  as 2026-08 */
function monthBefore(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number! - 2)).toISOString().slice(0, 7);
}

class BudgetSpent extends Error {}

/** Keys of everything random. */
export interface Secrets {
  readonly noise: KeyObject;
  /** Seed of the record keys of a resource. */
  seedOf(this: void, resource: string): bigint;
}

const toSecrets = (secret: Buffer): Secrets => {
  const derive = (purpose: string) => createHmac('sha256', secret).update(purpose).digest();
  return {
    noise: createSecretKey(derive('noise')),
    seedOf: (resource) => derive(`record keys of ${resource}`).readBigUInt64BE(),
  };
};

async function readTable(
  em: EntityManager,
  resource: string,
  id: string,
  month: string,
): Promise<StoredTable | undefined> {
  const [row] = await em.execute<{ countedOn: string; cells: Record<string, PublishedCell> }[]>(
    `select counted_on as "countedOn", cells from statistics_table where resource = ? and id = ? and month = ?`,
    [resource, id, month],
  );
  return row && { countedOn: row.countedOn, cells: new Map(Object.entries(row.cells)) };
}

/** A state as JSON has it: sketches as text. */
interface StoredState extends Omit<CellState, 'sketch' | 'rests' | 'measures'> {
  readonly sketch: string;
  readonly rests: readonly string[];
  readonly measures: Readonly<
    Record<string, Omit<CellState['measures'][string], 'sketch'> & { readonly sketch: string }>
  >;
}

const writeState = ({ sketch, rests, measures, ...state }: CellState): StoredState => ({
  ...state,
  sketch: sketchText(sketch),
  rests: rests.map(sketchText),
  measures: mapValues(measures, (measure) => ({ ...measure, sketch: sketchText(measure.sketch) })),
});
const readState = ({ sketch, rests, measures, ...state }: StoredState): CellState => ({
  ...state,
  sketch: readSketch(sketch),
  rests: rests.map(readSketch),
  measures: mapValues(measures, (measure) => ({ ...measure, sketch: readSketch(measure.sketch) })),
});
const mapValues = <T, U>(values: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]));
