import type pg from 'pg';
import { connectClient } from '../../core/index.js';

/** Class of the database's advisory locks on subscriptions. */
const LOCK_CLASS = 7366;

/** Locks subscriptions for one worker at a time, by advisory locks of the database, which end with their connection. They
 *  only spare receivers from getting something twice; correctness does not rest on them. */
export class SubscriptionLocks {
  private connection?: Promise<pg.PoolClient>;

  constructor(private readonly pool: pg.Pool) {}

  /** @returns a function that releases the lock; undefined when another worker holds it */
  async tryLock(number: number): Promise<(() => Promise<void>) | undefined> {
    const connection = (this.connection ??= this.connect());
    const client = await connection;
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, $2) as held', [
      LOCK_CLASS,
      number,
    ]);
    if (!rows[0]!.held) return undefined;
    // A lock whose connection is lost is released by the server.
    const ignore = () => undefined;
    return () => client.query('select pg_advisory_unlock($1, $2)', [LOCK_CLASS, number]).then(ignore, ignore);
  }

  /** Gives the connection up, and every lock with it. */
  close(): void {
    const connection = this.connection;
    this.connection = undefined;
    connection?.then(
      (client) => client.release(true),
      () => undefined,
    );
  }

  private connect(): Promise<pg.PoolClient> {
    const connection = connectClient(this.pool);
    const forget = (client?: pg.PoolClient): void => {
      if (this.connection !== connection) return;
      this.connection = undefined;
      client?.release(true);
    };
    connection.then(
      (client) => client.on('error', () => forget(client)),
      () => forget(),
    );
    return connection;
  }
}
