import pg from 'pg';
import { HubError } from '../../kernel/index.js';

/** Held shared by who reads every month, and alone by who archives, restores or deletes one.  */
export const MONTHS_LOCK = 7366;

/** Connects to the database of evidence.
 *  @throws HubError DATABASE_UNAVAILABLE when it is away, or has no evidence */
export async function connectToEvidence(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks fails the statement in hand; without a listener it would end the process too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select from evidence.archive limit 0');
    return client;
  } catch (cause) {
    // It may never have been connected; the first error is the one to report.
    await client.end().catch(() => undefined);
    throw new HubError(
      'DATABASE_UNAVAILABLE',
      'The governance database cannot be reached, or has no evidence in it yet. Check GOVERNANCE_DATABASE_URL or DATABASE_URL, and that the hub was started once.',
      {},
      { cause },
    );
  }
}
