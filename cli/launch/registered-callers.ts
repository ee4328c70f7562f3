import pg from 'pg';
import type { OpenIdAccount, OpenIdClient } from '../../shared/openid/provider-configuration.js';
import { readSnapshot } from '../../shared/read-model/read-snapshot.js';

/** The systems and officers that governance has registered, as the embedded OpenID provider is to know them.
 *  @param url  the governance database */
export async function registeredCallers(url: string): Promise<{ clients: OpenIdClient[]; accounts: OpenIdAccount[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const snapshot = await readSnapshot(
      async (sql, values) => (await client.query<Record<string, unknown>>(sql, values as unknown[])).rows,
    );
    return {
      clients: [...snapshot.systems.values()].map(({ clientId, name }) => ({ clientId, name })),
      accounts: [...snapshot.officers.values()].map(({ subject, name, department, roles }) => ({
        subject,
        name,
        department: snapshot.departments.get(department)?.name ?? department,
        roles: [...roles],
      })),
    };
  } finally {
    await client.end();
  }
}
