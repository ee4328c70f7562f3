import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A relay before a TCP server, to make its network fail in every way. */
export class Relay {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private port = 0;
  private stalled = false;

  constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  /** Lets connections through, at the same address as before.
   *  @returns  the port it listens on */
  async up(): Promise<number> {
    this.stalled = false;
    const server = createServer((near) => this.relay(near));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.server = server;
    return (this.port = (server.address() as AddressInfo).port);
  }

  /** Breaks every connection and refuses new ones, as a server that was stopped. */
  async down(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Swallows everything and says nothing, as a network that lost its way. New connections are taken, and hang. */
  stall(): void {
    this.stalled = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What was stalled before stays lost. */
  unstall(): void {
    this.stalled = false;
  }

  private relay(near: Socket): void {
    const far = connect(this.target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (chunk) => void to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.stalled) from.pause();
    }
  }
}
