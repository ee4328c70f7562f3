import type { Logger } from 'pino';
import { ERROR_CODES, type HubError } from '../../shared/kernel/index.js';
import type { ActiveGraph, Closable, GraphHolder, SwapResult } from './graph-holder.js';
import type { LastKnownSdl } from './last-known-sdl.js';
import { problemCodes } from './problem-codes.js';
import { describeHeld, type HeldVersion } from './published-versions.js';

/** Interval at which the graph is read again while something of it could not be read or checked, milliseconds. */
const RETRY_MS = 5_000;

export interface GraphUpdatesOptions<E extends Closable> {
  readonly holder: GraphHolder<E>;
  /** Opens the next graph; undefined when its source has not changed. */
  readonly load: () => Promise<ActiveGraph<E> | undefined>;
  readonly known: LastKnownSdl;
  /** Published versions that cannot be served. */
  readonly held?: () => readonly HeldVersion[];
  readonly logger: Logger;
  readonly metrics: { stale(names: readonly string[]): void; graph(problems: readonly string[]): void };
}

/** Brings new versions of the graph into force, and reports what keeps the newest from it: subgraphs that are served with
 *  the schema known before, and a graph that was refused. */
export class GraphUpdates<E extends Closable> {
  private reported: readonly string[] = [];
  private refused: HubError | undefined;
  private reportedHeld: readonly string[] = [];
  private retry: NodeJS.Timeout | undefined;
  private keeping: Promise<void> | undefined;
  private isStopped = false;
  /** A call that has not begun to read. */
  private waiting: Promise<SwapResult> | undefined;

  constructor(private readonly options: GraphUpdatesOptions<E>) {}

  /** @throws HubError when there is no first graph */
  async start(): Promise<void> {
    const first = await this.swap();
    if (first.kind === 'refused') throw first.error;
    // A subgraph that was down may be back with another schema, and nobody says that governance can be read again.
    const isDue = () => this.listStale().length > 0 || (this.refused && ERROR_CODES[this.refused.code] === 503);
    this.retry = setInterval(() => isDue() && void this.reload(), RETRY_MS).unref();
  }

  /** Nothing is kept from here on. */
  async stop(): Promise<void> {
    clearInterval(this.retry);
    this.isStopped = true;
    await this.keeping;
  }

  /** Reads the graph's source again; on any failure the old graph stays in force. Of several calls while one is being read, the last one
   *  does for all. */
  reload(): Promise<SwapResult> {
    return (this.waiting ??= this.reloadNow());
  }

  private async reloadNow(): Promise<SwapResult> {
    const { logger } = this.options;
    const result = await this.swap();
    if (result.kind === 'refused')
      logger.error({ err: result.error }, 'the new graph was refused; the old one stays in force');
    if (result.kind === 'swapped') logger.info({ version: result.graph.version }, 'graph in force');
    return result;
  }

  /** @returns undefined when every subgraph was asked for its schema */
  describeStale(): string | undefined {
    const names = this.listStale();
    return names.length > 0
      ? `${names.join(', ')}: down when last asked, served with the schema known before`
      : undefined;
  }

  /** @returns undefined when the newest graph is in force */
  describeRefusal(): string | undefined {
    const refused =
      this.refused &&
      `the newest graph was refused (${problemCodes(this.refused).join(', ')}); the one before it is served`;
    return [refused ?? [], this.listHeld().map(describeHeld)].flat().join('; ') || undefined;
  }

  private async swap(): Promise<SwapResult> {
    const { holder, load, known, logger, metrics } = this.options;
    const result = await holder.swap(() => {
      // What changes from here on is for the next one to read.
      this.waiting = undefined;
      return load();
    });
    this.refused = result.kind === 'refused' ? result.error : undefined;
    if (result.kind === 'swapped' && !this.isStopped) await (this.keeping = known.keep());
    const names = this.listStale();
    for (const subgraph of names.filter((name) => !this.reported.includes(name))) {
      const why = known.stale().get(subgraph);
      logger.warn({ subgraph, why }, 'a subgraph cannot be asked for its schema; the one known last is served');
    }
    this.reported = names;
    metrics.stale(names);
    const held = this.listHeld();
    const descriptions = held.map(describeHeld);
    for (const version of descriptions.filter((each) => !this.reportedHeld.includes(each)))
      logger.error({ version }, 'a published version of a subgraph cannot be served');
    this.reportedHeld = descriptions;
    const codes = [this.refused ? problemCodes(this.refused) : [], held.map((version) => version.codes)].flat(2);
    metrics.graph([...new Set(codes)]);
    return result;
  }

  private listHeld(): readonly HeldVersion[] {
    return this.options.held?.() ?? [];
  }

  private listStale(): string[] {
    const { holder, known } = this.options;
    return [...known.stale().keys()].filter((name) => holder.current?.graph.subgraphs.has(name));
  }
}
