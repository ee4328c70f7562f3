import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { RegisteredCallers } from '../../shared/openid/open-id-provider.js';
import { readSnapshot, VERSION_SQL } from '../../shared/read-model/read-snapshot.js';

/** The systems and officers that governance has registered, as the embedded OpenID provider is to know them.
 *  @param url  the governance database */
export async function registeredCallers(url: string): Promise<RegisteredCallers> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await readCallers(client);
  } finally {
    await client.end();
  }
}

/** Interval at which the register is read, milliseconds. */
const LOOK_MS = 200;

/** Reads the register again whenever governance has changed it.
 *  @param onFailure  called with the first failure of a row of failures */
export function followRegister(
  url: string,
  onChange: (callers: RegisteredCallers) => Promise<void>,
  onFailure: (error: unknown) => void,
): { stop(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
  });
  pool.on('error', () => undefined);
  const ended = new AbortController();
  let version: unknown;
  let isFailing = false;
  const look = async (): Promise<void> => {
    const [head] = (await pool.query<{ version: unknown }>(VERSION_SQL)).rows;
    if (head?.version === version) return;
    await onChange(await readCallers(pool));
    version = head?.version;
  };
  const running = (async () => {
    while (!ended.signal.aborted) {
      await look().then(
        () => (isFailing = false),
        (error: unknown) => {
          if (!isFailing && !ended.signal.aborted) onFailure(error);
          isFailing = true;
        },
      );
      await pause(LOOK_MS, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      ended.abort();
      await running;
      await pool.end();
    },
  };
}

async function readCallers(database: pg.Client | pg.Pool): Promise<RegisteredCallers> {
  const snapshot = await readSnapshot(
    async (sql, values) => (await database.query<Record<string, unknown>>(sql, values as unknown[])).rows,
  );
  return {
    clients: [...snapshot.systems.values()],
    accounts: [...snapshot.officers.values()].map(({ subject, name, department, roles }) => ({
      subject,
      name,
      department: snapshot.departments.get(department)?.name ?? department,
      roles: [...roles],
    })),
  };
}
