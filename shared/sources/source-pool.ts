/** A row as the driver gives it: exact numbers are texts. */
export type SourceRow = Record<string, unknown>;

/** A connection to a source, whichever driver it has. */
export interface PooledConnection {
  query(sql: string, values: readonly unknown[]): Promise<SourceRow[]>;
  /** Sets the server's time limit for the statements that follow, milliseconds. */
  limit(ms: number): Promise<void>;
  /** Asks the server to end the statement in hand; resolves when it was asked. */
  cancel(): Promise<void>;
  /** Gives the connection back. */
  release(): void;
  /** Closes it at once: nobody waits for the server. */
  destroy(): void;
}
export interface SourcePool {
  connect(): Promise<PooledConnection>;
  /** Closes every connection. */
  end(): Promise<void>;
}
export interface PoolOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Certificates to trust, PEM, or the system's where it is empty; false for no TLS. */
  readonly tls: { readonly ca?: string } | false;
  /** A socket that goes to the source and nowhere else. */
  readonly socket: () => import('node:net').Socket;
  /** Most connections. */
  readonly connections: number;
  readonly connectMs: number;
  /** Longest time that the server works on one statement, milliseconds. */
  readonly statementMs: number;
  /** Time zone of times that have none, IANA name. */
  readonly timeZone: string;
}
