import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ChainMoved, type ChainEnd, type RecordStore, connectionOf } from '../../shared/evidence/store/index.js';
import type { ChainStore, Written } from './chain-store.js';

export interface DatabaseChainOptions {
  /** The governance database. */
  readonly url: string;
  readonly store: RecordStore;
}

/** A chain that is written straight to the database, for a machine without a disk of its own to rely on. Whose chain it is
 *  is an advisory lock of the connection, so a killed gateway's is free as soon as its connection is gone. When an answer
 *  to a commit was lost, the chain's row tells whether it was done. */
export class DatabaseChain implements ChainStore {
  readonly signed = undefined;
  private client?: pg.Client;
  /** The end is not known: the connection or an answer was lost. */
  private doubtful = false;

  private constructor(
    private readonly options: DatabaseChainOptions,
    public writer: string,
    private tail: ChainEnd,
  ) {}

  static async open(options: DatabaseChainOptions): Promise<DatabaseChain> {
    const chain = new DatabaseChain(options, '', { seq: 0, hash: '' });
    await chain.connect();
    return chain;
  }

  async settle(): Promise<ChainEnd> {
    if (this.doubtful || !this.client) await this.connect();
    return this.tail;
  }

  async store(batch: readonly Written[]): Promise<void> {
    const { store } = this.options;
    const client = this.client!;
    const lines = batch.map(({ event, place, line, hash }) => ({
      line: line.slice(0, -1),
      record: { ...event, ...place, hash },
    }));
    try {
      await client.query('begin');
      const connection = connectionOf(client);
      const committed = await store.add(connection, { writer: this.writer, home: 'database', after: this.tail, lines });
      await client.query('commit');
      committed();
      const { place, hash } = batch.at(-1)!;
      this.tail = { seq: place.seq, hash };
    } catch (error) {
      this.doubtful = true;
      // `doubtful` makes the next write connect anew, which ends the transaction as well.
      if (error instanceof ChainMoved) await client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  async tryAgain(): Promise<void> {
    await this.settle();
    await this.client!.query('select 1 from evidence.ledger for update');
  }

  /** The worker signs the heads of chains in the database. */
  async sign(): Promise<void> {}

  async close(): Promise<void> {
    await this.client?.end().catch(() => undefined);
    this.client = undefined;
  }

  /** Connects anew, and goes on with its own chain or, when somebody else has taken that, with another. */
  private async connect(): Promise<void> {
    await this.client?.end().catch(() => undefined);
    this.client = undefined;
    const client = new pg.Client({
      connectionString: this.options.url,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    client.on('error', () => (this.client = undefined));
    try {
      await client.connect();
      const { rows } = await client.query<{ writer: string }>(
        `select writer from evidence.chain where home = 'database' order by writer = $1 desc, writer`,
        [this.writer],
      );
      for (const writer of [...rows.map((row) => row.writer), randomBytes(6).toString('hex')]) {
        const locked = await client.query<{ taken: boolean }>(
          `select pg_try_advisory_lock(hashtextextended($1, 0)) as taken`,
          [`evidence/${writer}`],
        );
        if (!locked.rows[0]!.taken) continue;
        await client.query('begin');
        this.tail = await this.options.store.hold(connectionOf(client), writer, 'database');
        await client.query('commit');
        [this.writer, this.client, this.doubtful] = [writer, client, false];
        return;
      }
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }
}
