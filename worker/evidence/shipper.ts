import { watch, type FSWatcher } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { headsName, listWriters, shippedName, readDurableMark } from '../../shared/evidence/log/index.js';
import { ChainMoved, type ChainEnd, type RecordStore, connectionOf } from '../../shared/evidence/store/index.js';
import { ChainBroken, ChainReader } from './chain-reader.js';
import { HeadsReader } from './heads-reader.js';

export interface ShipperOptions {
  readonly folder: string;
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  /** Called when shipping stops working, with the reason, and when it works again. */
  readonly onState?: (state: ShipperState) => void;
  /** Interval between checks when no notice of new records comes, milliseconds. */
  readonly pollMs?: number;
}
export interface ShipperState {
  /** The reason for which nothing can be shipped at present. */
  readonly failing?: unknown;
  /** Chains that do not go on as they should, with what is wrong. They stay where they are, for `verify` to name. */
  readonly broken: ReadonlyMap<string, string>;
}

interface ShippedChain {
  readonly reader: ChainReader;
  /** As far as the database has the chain; unknown until it is asked. */
  end?: ChainEnd;
  heads?: HeadsReader;
}

/** Ships records from a folder's files into the database, each once: the transaction that stores them also stores how
 *  far their chain has come. It may be killed at any point, and several may run on one folder. */
export class Shipper {
  private readonly chains = new Map<string, ShippedChain>();
  private readonly broken = new Map<string, string>();
  private watcher?: FSWatcher;
  private wake: () => void = () => undefined;
  private stopping = false;
  private running?: Promise<void>;
  private failing?: unknown;
  /** Records shipped since it was started. */
  shipped = 0;

  constructor(private readonly options: ShipperOptions) {}

  async start(): Promise<void> {
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
    this.watcher = watch(this.options.folder, () => this.wake());
    this.watcher.on('error', () => undefined);
    this.running = this.run();
  }

  /** Ends after the batch that is under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.watcher?.close();
    this.wake();
    await this.running;
  }

  /** Ships all records that are durable now. @returns records shipped */
  async shipAll(): Promise<number> {
    let shipped = 0;
    for (const writer of await listWriters(this.options.folder)) {
      if (this.broken.has(writer)) continue;
      try {
        for (let more = await this.shipBatch(writer); more > 0 && !this.stopping; more = await this.shipBatch(writer))
          shipped += more;
      } catch (error) {
        // A segment that nobody wrote in is removed when its gateway ends; the next round knows.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
        if (!(error instanceof ChainBroken)) throw error;
        this.broken.set(writer, error.message);
        this.reportState();
      }
    }
    this.shipped += shipped;
    return shipped;
  }

  private async run(): Promise<void> {
    const { pollMs = 1_000 } = this.options;
    while (!this.stopping) {
      const awake = new Promise<void>((resolve) => (this.wake = resolve));
      let shipped = 0;
      try {
        shipped = await this.shipAll();
        if (this.failing !== undefined) {
          this.failing = undefined;
          this.reportState();
        }
      } catch (error) {
        // Where the database has the chain is asked again: a transaction whose answer was lost may have been committed.
        this.chains.clear();
        const first = this.failing === undefined;
        this.failing = error;
        if (first) this.reportState();
      }
      if (this.stopping) return;
      if (shipped > 0) await pause(GATHER);
      else if (this.failing !== undefined) await pause(pollMs);
      else await waitAtMost(awake, pollMs);
    }
  }

  private reportState(): void {
    this.options.onState?.({ failing: this.failing, broken: new Map(this.broken) });
  }

  private async shipBatch(writer: string): Promise<number> {
    const { folder, pool, store } = this.options;
    const durable = await readDurableMark(folder, writer);
    let chain = this.chains.get(writer);
    if (!chain) this.chains.set(writer, (chain = { reader: new ChainReader(folder, writer) }));
    if (chain.end && (!durable || chain.end.seq >= durable.seq)) {
      await this.shipHeads(pool, writer, chain);
      return 0;
    }
    const client = await pool.connect();
    let broken: Error | undefined;
    // A connection that dies between two statements emits an error here; the next statement fails with it.
    const onError = () => undefined;
    client.on('error', onError);
    try {
      await client.query('begin');
      const connection = connectionOf(client);
      const { seq, hash } = await store.hold(connection, writer, 'folder');
      const lines = durable ? await chain.reader.next({ seq, hash }, durable.seq) : [];
      const committed =
        lines.length > 0
          ? await store.add(connection, { writer, home: 'folder', after: { seq, hash }, lines })
          : undefined;
      await client.query('commit');
      committed?.();
      const last = lines.at(-1)?.record;
      chain.end = last ? { seq: last.seq, hash: last.hash } : { seq, hash };
      await writeFile(join(folder, shippedName(writer)), `${chain.end.seq}\n`, { mode: 0o600 });
      return lines.length;
    } catch (error) {
      broken = error as Error;
      if (error instanceof ChainMoved) return 0;
      throw error;
    } finally {
      if (broken) await client.query('rollback').catch(() => undefined);
      client.off('error', onError);
      client.release(broken && !(broken instanceof ChainBroken) ? broken : undefined);
    }
  }

  /** Ships the signed heads whose records the database has. */
  private async shipHeads(pool: pg.Pool, writer: string, chain: ShippedChain): Promise<void> {
    chain.heads ??= await HeadsReader.behind(pool, join(this.options.folder, headsName(writer)), writer);
    const heads = await chain.heads.next(chain.end!.seq);
    if (heads.length === 0) return;
    await pool.query(
      `insert into evidence.head (writer, number, seq, line)
       select $1, * from unnest($2::int[], $3::bigint[], $4::text[]) on conflict do nothing`,
      [writer, heads.map(({ number }) => number), heads.map(({ seq }) => seq), heads.map(({ line }) => line)],
    );
    chain.heads.taken(heads);
  }
}

/** Resolves with the promise or after a time, whichever is first. */
async function waitAtMost(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([promise, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}

/** Least time between two rounds under load, so that many records go in one transaction, milliseconds. */
const GATHER = 100;
