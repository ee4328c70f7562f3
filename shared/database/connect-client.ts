import type { Pool, PoolClient } from 'pg';

const listening = new WeakSet<PoolClient>();

/** Takes a connection of a pool. A pool hears of the loss of its idle connections only; one that is lost while it is lent
 *  out rejects the query that is under way, and would end the process where nobody listens to it. The listener is added in
 *  the callback: the server's last word may come in the very packet that says the connection stands. */
export function connectClient(pool: Pool): Promise<PoolClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (!client) return reject(error ?? new Error('the pool gave no connection'));
      if (!listening.has(client)) client.on('error', () => undefined);
      listening.add(client);
      resolve(client);
    });
  });
}
