import { callerSignal } from '../database/index.js';
import { GuardedSocket } from '../network/guarded-socket.js';
import type { SourceHosts } from '../network/source-hosts.js';
import { mysqlPool } from './mysql-pool.js';
import { postgresqlPool } from './postgresql-pool.js';
import { isDatabaseKind, placeOf, type DatabaseKind, type RegisteredSource } from './registered-source.js';
import { CONNECTION_FAULTS, SourceFault, toSourceFault } from './source-fault.js';
import type { PooledConnection, SourcePool, SourceRow } from './source-pool.js';

export interface ConnectionSettings {
  /** Addresses that the operator admits. */
  readonly hosts: SourceHosts;
  /** Time zone of times that have none, IANA name. */
  readonly timeZone: string;
  /** Most connections; 3 where absent. */
  readonly connections?: number;
  /** Longest time to connect, milliseconds. */
  readonly connectMs?: number;
  /** Longest time for one statement, milliseconds; below the hub's limit for a subgraph. */
  readonly statementMs?: number;
  /** Called when a statement shows that the source is away, or that a table is not as it was. */
  readonly onFault?: (fault: SourceFault) => void;
}

/** Time beyond the server's own limit after which nobody waits for it, milliseconds. */
const GRACE_MS = 1_000;
/** Time that a server has to end a statement, milliseconds. */
const CANCEL_MS = 2_000;

/** Statements to one source: a few connections of its own, a time limit for each, none for a caller who has gone, and none at
 *  all while the source is known to be away. A source that hangs so holds nobody but its own readers, and those shortly. */
export class SourceConnection {
  readonly kind: DatabaseKind;
  private readonly pool: SourcePool;
  private readonly connectMs: number;
  private readonly statementMs: number;
  private readonly inUse = new Set<PooledConnection>();
  private away: SourceFault | undefined;

  /** Connects when something is asked.
   *  @throws SourceFault KIND_UNFIT, ADDRESS_REFUSED */
  constructor(
    source: RegisteredSource,
    password: string,
    private readonly settings: ConnectionSettings,
  ) {
    const { kind, address, database = '', user = '', tls, caCertificate } = source;
    if (!isDatabaseKind(kind)) throw new SourceFault('KIND_UNFIT');
    const place = placeOf(kind, address);
    if (!place || settings.hosts.findProblem(place.host, place.port)) throw new SourceFault('ADDRESS_REFUSED');
    this.kind = kind;
    this.connectMs = settings.connectMs ?? 3_000;
    this.statementMs = settings.statementMs ?? 8_000;
    const options = {
      ...place,
      database,
      user,
      password,
      tls: tls === 'VERIFIED' && { ...(caCertificate !== undefined && { ca: caCertificate }) },
      socket: () => new GuardedSocket(settings.hosts, place),
      connections: settings.connections ?? 3,
      connectMs: this.connectMs,
      statementMs: this.statementMs,
      timeZone: settings.timeZone,
    };
    this.pool = kind === 'POSTGRESQL' ? postgresqlPool(options) : mysqlPool(kind, options);
  }

  /** The fault for which nothing is asked at present. */
  get fault(): SourceFault | undefined {
    return this.away;
  }

  /** Rows for a request, or none of them.
   *  @throws SourceFault at once while the source is away */
  async query(sql: string, values: readonly unknown[]): Promise<SourceRow[]> {
    if (this.away) throw this.away;
    try {
      return await this.run(sql, values, this.statementMs);
    } catch (error) {
      const fault = toSourceFault(error);
      if (CONNECTION_FAULTS.has(fault.code) || fault.detail === NO_ANSWER) this.away = fault;
      if (!callerSignal()?.aborted) this.settings.onFault?.(fault);
      throw isValueFault(error) ? error : fault;
    }
  }

  /** Asks though the source may be away, and knows afterwards whether it is.
   *  @param statementMs  longest time for the statement, where it is another one
   *  @throws SourceFault */
  async look(sql: string, values: readonly unknown[] = [], statementMs = this.statementMs): Promise<SourceRow[]> {
    try {
      const rows = await this.run(sql, values, statementMs);
      this.away = undefined;
      return rows;
    } catch (error) {
      const fault = toSourceFault(error);
      if (CONNECTION_FAULTS.has(fault.code) || fault.detail === NO_ANSWER) this.away = fault;
      throw fault;
    }
  }

  /** Ends the connections; what is asked at the moment fails. */
  end(): Promise<void> {
    this.away = new SourceFault('NOT_REGISTERED');
    for (const connection of this.inUse) connection.destroy();
    this.inUse.clear();
    return this.pool.end().catch(() => undefined);
  }

  private async run(sql: string, values: readonly unknown[], statementMs: number): Promise<SourceRow[]> {
    const signal = callerSignal();
    if (signal?.aborted) throw new SourceFault('TIMED_OUT');
    const connecting = this.pool.connect();
    const connection = await within(this.connectMs + GRACE_MS, connecting, BUSY, signal, () => {
      // It may still come; then nobody wants it.
      void connecting.then((late) => late.release()).catch(() => undefined);
    });
    const isLonger = statementMs !== this.statementMs;
    const answering = isLonger
      ? connection.limit(statementMs).then(() => connection.query(sql, values))
      : connection.query(sql, values);
    let isStuck = false;
    this.inUse.add(connection);
    try {
      return await within(statementMs + GRACE_MS, answering, NO_ANSWER, signal, () => (isStuck = true));
    } finally {
      if (isStuck) void this.cancel(connection, answering);
      else this.giveBack(connection, isLonger);
    }
  }

  /** Ends a statement that nobody waits for. The connection is used again only when the server has said that it ended. */
  private async cancel(connection: PooledConnection, answering: Promise<unknown>): Promise<void> {
    const ended = answering.then(
      () => true,
      () => true,
    );
    await connection.cancel().catch(() => undefined);
    const isOver = await Promise.race([
      ended,
      new Promise<false>((resolve) => setTimeout(resolve, CANCEL_MS, false).unref()),
    ]);
    this.giveBack(connection, !isOver);
  }

  private giveBack(connection: PooledConnection, isSpent: boolean): void {
    if (!this.inUse.delete(connection)) return;
    if (isSpent) connection.destroy();
    else connection.release();
  }
}

/** Details of faults: the server says nothing within its own time limit; every connection is in use. */
const NO_ANSWER = 'no answer';
const BUSY = 'busy';

/** @param detail  of the fault when the time is over
 *  @param onLeft  called when the time is over or the caller has gone before the work has ended */
async function within<T>(
  ms: number,
  work: Promise<T>,
  detail: string,
  signal: AbortSignal | undefined,
  onLeft: () => void,
): Promise<T> {
  let leave: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const left = new Promise<never>((_resolve, reject) => {
    const go = (why?: string) => {
      onLeft();
      reject(new SourceFault('TIMED_OUT', why));
    };
    leave = () => go();
    timer = setTimeout(go, ms, detail);
    signal?.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    clearTimeout(timer);
    if (leave) signal?.removeEventListener('abort', leave);
    work.catch(() => undefined);
  }
}

/** The value that was asked for is at fault, not the source: PostgreSQL's class 22, and MariaDB's words for it. */
const isValueFault = (error: unknown): boolean =>
  /^(22(?!021|P05)...|08P01|ER_(TRUNCATED_)?WRONG_VALUE.*|ER_DATA_OUT_OF_RANGE)$/.test(
    String((error as { code?: unknown } | null)?.code),
  );
