import type { Pool, PoolClient } from 'pg';

/** Gives a connection that is lost in the middle of a transaction back to its pool. The query builder gives back only what
 *  it could commit or roll back, so that a database that is killed a few times would leave a pool with nothing to give. */
export function releaseLostConnections(pool: Pool): void {
  const held = new Set<PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!held.has(client)) return;
      client.release(true);
      client.release = () => undefined;
    });
  });
}
