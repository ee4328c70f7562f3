import type pg from 'pg';
import { connectClient } from '../../core/index.js';

/** Functions to call when something is announced, by channel. */
export type Channels = Readonly<Record<string, () => void>>;

/** Shortest time between two calls for one channel, milliseconds. */
const PAUSE_MS = 250;
const RECONNECT_MS = 1_000;

/** Listens to channels of the database on one connection, and reconnects when it is lost. Announcements while it is
 *  disconnected, or in quick succession, cause one call. */
export class ChannelListener {
  private client?: pg.PoolClient | undefined;
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private reconnecting?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly channels: Channels,
  ) {}

  /** @throws when the database cannot be reached */
  async start(): Promise<void> {
    if (this.client || this.stopped) return;
    const client = await connectClient(this.pool);
    this.client = client;
    client.once('error', () => this.reconnect(client));
    client.on('notification', ({ channel }) => this.schedule(channel));
    for (const channel of Object.keys(this.channels)) await client.query(`listen ${channel}`);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnecting);
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.client?.removeAllListeners('notification');
    this.client?.release(true);
    this.client = undefined;
  }

  private schedule(channel: string): void {
    if (this.waiting.has(channel)) return;
    this.waiting.set(
      channel,
      setTimeout(() => {
        this.waiting.delete(channel);
        this.channels[channel]?.();
      }, PAUSE_MS),
    );
  }

  private reconnect(client: pg.PoolClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.release(true);
    this.retry();
  }

  private retry(): void {
    if (this.stopped) return;
    this.reconnecting = setTimeout(() => {
      this.start().then(
        () => Object.keys(this.channels).forEach((channel) => this.schedule(channel)),
        () => this.retry(),
      );
    }, RECONNECT_MS);
  }
}
