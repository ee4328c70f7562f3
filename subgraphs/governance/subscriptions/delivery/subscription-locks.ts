import type pg from 'pg';

/** Class of the database's advisory locks that hold subscriptions. */
const HELD = 7366;

/** Holds subscriptions for one worker at a time, by locks of the database that end with the connection they were taken on.
 *  They spare receivers what would be sent twice; that nothing is counted twice does not rest on them. */
export class Holds {
  private connection?: Promise<pg.PoolClient>;

  constructor(private readonly pool: pg.Pool) {}

  /** @returns what lets it go; undefined when another worker holds it */
  async take(number: number): Promise<(() => Promise<void>) | undefined> {
    const connection = (this.connection ??= this.connect());
    const client = await connection;
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, $2) as held', [
      HELD,
      number,
    ]);
    if (!rows[0]!.held) return undefined;
    return () =>
      client.query('select pg_advisory_unlock($1, $2)', [HELD, number]).then(
        () => undefined,
        () => undefined,
      );
  }

  end(): void {
    const connection = this.connection;
    this.connection = undefined;
    connection?.then(
      (client) => client.release(true),
      () => undefined,
    );
  }

  private connect(): Promise<pg.PoolClient> {
    const connection = this.pool.connect();
    const lost = (client?: pg.PoolClient): void => {
      if (this.connection !== connection) return;
      this.connection = undefined;
      client?.release(true);
    };
    connection.then(
      (client) => client.on('error', () => lost(client)),
      () => lost(),
    );
    return connection;
  }
}
