import type { Duplex } from 'node:stream';
import pg from 'pg';
import { SourceFault } from './source-fault.js';

/** What `pg` has and its types do not. */
type ListeningConnection = new (config: object) => pg.Connection & { attachListeners(stream: Duplex): void };
const Connection = (pg as unknown as { Connection: ListeningConnection }).Connection;

/** A connection with which a server cannot end the process: what `pg` cannot read, such as another product's request to sign
 *  in, it throws where nobody catches it. */
class SafeConnection extends Connection {
  private hasSaslBegun = false;

  override attachListeners(stream: Duplex): void {
    const on = stream.on.bind(stream);
    stream.on = (event: string | symbol, listener: (...given: never[]) => void) =>
      on(event, event === 'data' ? (this.catching(stream, listener) as never) : (listener as never));
    super.attachListeners(stream);
    stream.on = on;
  }

  override emit(event: string | symbol, ...given: unknown[]): boolean {
    this.hasSaslBegun ||= event === 'authenticationSASL';
    // 11 goes on with SASL for PostgreSQL, and begins MD5_SHA256 for openGauss.
    if (event === 'authenticationSASLContinue' && !this.hasSaslBegun)
      return super.emit('error', new SourceFault('AUTHENTICATION_UNSUPPORTED'));
    return super.emit(event, ...given);
  }

  private catching(stream: Duplex, listener: (...given: never[]) => void) {
    return (...given: never[]): void => {
      try {
        listener(...given);
      } catch (error) {
        this.emit('error', error);
        stream.destroy();
      }
    };
  }
}

/** Client of a database that is not the hub's own. */
export class SourceClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    // A pool hides the password from a copy.
    const { stream, ssl, keepAlive = false, password } = config;
    super({ ...config, password, connection: new SafeConnection({ stream, ssl, keepAlive }) } as pg.ClientConfig);
  }
}
