import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { readPublicKeys, type KnownKeys, knownKeys, openSigningKey, type SigningKey } from '../keys/evidence-keys.js';
import { appendAct } from '../store/append-act.js';
import { connectToEvidence, MONTHS_LOCK } from '../store/connect-to-evidence.js';
import { RecordStore } from '../store/record-store.js';
import { connectionOf } from '../store/store-connection.js';
import type { GovernanceAct } from '../governance-act.js';
import { LocalDays } from '../store/local-days.js';

/** Whoever archives, restores or deletes months of evidence, and with what. */
export interface OperatorOptions {
  /** The governance database. */
  readonly url: string;
  /** File of the keys that sign evidence. */
  readonly keys: string;
  /** Folder of the archives. */
  readonly folder: string;
  /** In which months are counted. */
  readonly timeZone: string;
  /** Milliseconds since the epoch; for tests. */
  readonly now?: () => number;
  /** Told of each step, in words. */
  readonly onStep?: (step: string) => void;
}
type Act = Pick<GovernanceAct, 'act' | 'object' | 'basis' | 'terms'>;

/** One operator at a time works on the months of a database. */
export class Operator {
  private constructor(
    readonly options: OperatorOptions,
    readonly client: ClientBase,
    readonly key: SigningKey,
    readonly known: KnownKeys,
  ) {}

  /** Runs `act` while no other process reads all months, or archives, restores or deletes one.
   *  @throws HubError DATABASE_UNAVAILABLE, CONFIG_INVALID when there is no file of keys */
  static async with<T>(options: OperatorOptions, act: (operator: Operator) => Promise<T>): Promise<T> {
    // A hub without keys has no evidence either; asking must not create any.
    const known = knownKeys(await readPublicKeys(options.keys));
    const key = await openSigningKey(options.keys);
    const client = await connectToEvidence(options.url);
    try {
      await client.query('select pg_advisory_lock($1)', [MONTHS_LOCK]);
      return await act(new Operator(options, client, key, known));
    } finally {
      // A lost connection is closed already, and what was done is committed or rolled back.
      await client.end().catch(() => undefined);
    }
  }

  get today(): string {
    return localDay(this.options);
  }
  /** ISO 8601 instant. */
  get time(): string {
    return new Date(instantOf(this.options)).toISOString();
  }

  /** Makes a change and records it, in one transaction. It gives a busy lock up within a second, so that gateways do not
   *  queue behind it, and tries again later. */
  async change(act: Act, change: (client: ClientBase, store: RecordStore) => Promise<void>): Promise<void> {
    const { client } = this;
    const store = new RecordStore(this.options.timeZone);
    for (let attempt = 1; ; attempt++) {
      await client.query('begin');
      try {
        await change(client, store);
        const committed = await appendAct(store, connectionOf(client), { time: this.time, concerns: [], ...act });
        await client.query('commit');
        return committed();
      } catch (error) {
        // When the connection is lost, the server rolls back by itself; the first error is the one to report.
        await client.query('rollback').catch(() => undefined);
        if (!isBusy(error) || attempt === ATTEMPTS) throw error;
        await pause(PAUSE);
      }
    }
  }
}

/** The local day, YYYY-MM-DD. */
export const localDay = (options: Pick<OperatorOptions, 'timeZone' | 'now'>): string =>
  new LocalDays(options.timeZone).of(instantOf(options));
const instantOf = ({ now }: Pick<OperatorOptions, 'now'>): number => now?.() ?? Date.now();

/** Shorter than the time after which PostgreSQL looks for a deadlock: then it is not a gateway that loses. */
export const LOCK_TIMEOUT = `set local lock_timeout = '900ms'`;

/** True if a lock could not be taken in time, or a deadlock was ended. */
export const isBusy = (error: unknown): boolean => ['55P03', '40P01'].includes((error as { code?: string }).code ?? '');
export const ATTEMPTS = 60;
/** Between two attempts, for those who waited meanwhile, milliseconds. */
export const PAUSE = 1_000;
