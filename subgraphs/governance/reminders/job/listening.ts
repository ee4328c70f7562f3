import type pg from 'pg';

/** What to do when something is announced on a channel. */
export type Channels = Readonly<Record<string, () => void>>;

/** Shortest time between two calls for one channel, milliseconds. */
const PAUSE_MS = 250;
const AGAIN_MS = 1_000;

/** Listens to channels of the database on one connection that it takes again when it is lost. What is announced while it
 *  is away, or in quick succession, is one call. */
export class Listening {
  private client?: pg.PoolClient | undefined;
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private again?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly channels: Channels,
  ) {}

  /** @throws when the database cannot be reached */
  async start(): Promise<void> {
    if (this.client || this.stopped) return;
    const client = await this.pool.connect();
    this.client = client;
    client.once('error', () => this.lost(client));
    client.on('notification', ({ channel }) => this.announced(channel));
    for (const channel of Object.keys(this.channels)) await client.query(`listen ${channel}`);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.client?.removeAllListeners('notification');
    this.client?.release(true);
    this.client = undefined;
  }

  private announced(channel: string): void {
    if (this.waiting.has(channel)) return;
    this.waiting.set(
      channel,
      setTimeout(() => {
        this.waiting.delete(channel);
        this.channels[channel]?.();
      }, PAUSE_MS),
    );
  }

  private lost(client: pg.PoolClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.release(true);
    this.retry();
  }

  private retry(): void {
    if (this.stopped) return;
    this.again = setTimeout(() => {
      this.start().then(
        () => Object.keys(this.channels).forEach((channel) => this.announced(channel)),
        () => this.retry(),
      );
    }, AGAIN_MS);
  }
}
