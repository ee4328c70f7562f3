import { AsyncLocalStorage } from 'node:async_hooks';
import pg, { type Pool, type PoolClient } from 'pg';

const callers = new AsyncLocalStorage<AbortSignal>();

/** Runs work for a caller: once the signal is aborted its statement is cancelled, and no other is begun. What is under way
 *  in a transaction is rolled back then; a commit that was sent is never cut off.
 *  @returns what `work` returns; its statements reject with SQLSTATE 57014 (query_canceled) */
export const runForCaller = <T>(signal: AbortSignal, work: () => T): T => callers.run(signal, work);

/** Signal of the caller for whom the current work is done; aborted once they have gone. */
export const callerSignal = (): AbortSignal | undefined => callers.getStore();

/** Ends a transaction, so it must be sent whoever has gone. */
const ENDS = /^\s*(commit|rollback|release)\b/i;

/** Makes the connections of a pool heed `runForCaller`. */
export function cancelForCallers(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...statement: unknown[]) => unknown;
    const heeding = (...statement: unknown[]): unknown => {
      const signal = callers.getStore();
      if (!signal || ENDS.test(textOf(statement[0]))) return query(...statement);
      if (signal.aborted) return Promise.reject(new CallerGone());
      const result = query(...statement);
      return isThenable(result) ? cancelOnAbort(result, signal, pool, client) : result;
    };
    client.query = heeding as PoolClient['query'];
  });
}

/** Waits for a cancellation before it gives the result, so that it cannot hit the connection's next statement. */
async function cancelOnAbort<T>(
  result: PromiseLike<T>,
  signal: AbortSignal,
  pool: Pool,
  client: PoolClient,
): Promise<T> {
  let cancelling: Promise<void> | undefined;
  const cancel = (): void => void (cancelling = cancelStatement(pool, client));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await result;
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancelling;
  }
}

/** Longest time for the cancellation, milliseconds; `statement_timeout` ends the statement where it fails. */
const CANCEL_MS = 2_000;

async function cancelStatement(pool: Pool, client: PoolClient): Promise<void> {
  const { processID } = client as PoolClient & { readonly processID: number };
  const other = new pg.Client({
    ...pool.options,
    // The pool hides it from a copy.
    password: pool.options.password,
    connectionTimeoutMillis: CANCEL_MS,
    query_timeout: CANCEL_MS,
    application_name: 'sharehub-cancel',
  });
  other.on('error', () => undefined);
  try {
    await other.connect();
    await other.query('select pg_cancel_backend($1)', [processID]);
  } catch {
    // The database is away, and the statement with it, or the time limit ends it.
  } finally {
    await other.end().catch(() => undefined);
  }
}

class CallerGone extends Error {
  readonly code = '57014';
  constructor() {
    super('the caller has gone');
  }
}

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : ((statement as { text?: string } | undefined)?.text ?? '');

/** A cursor, which the driver returns too, is read in pages that `statement_timeout` bounds. */
const isThenable = (result: unknown): result is PromiseLike<unknown> =>
  typeof (result as PromiseLike<unknown> | undefined)?.then === 'function';
