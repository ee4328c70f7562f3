import type { LRUCache } from 'lru-cache';
import type { ServiceCall } from '../declaration/service-schema.js';
import { HubError } from '../kernel/index.js';
import { Breaker } from './breaker.js';
import type { Question } from './condition.js';
import { readAnswer, type RawRow, type ReadAnswer } from './read-answer.js';
import { UNFIT } from './read-item.js';
import { batchesOf, chooseCall, fillingsOf, keyText, toRequest, type ChosenCall, type Key } from './service-calls.js';
import type { CallLimits, ServiceRequest } from './service-client.js';
import type { ServiceAnswer } from './service-origin.js';
import { SourceFault } from '../sources/source-fault.js';
import { readPages } from './service-pages.js';
import { compareRows, identityOf, toServiceRow, type ServiceRow, type ServiceType } from './service-type.js';
import { Slots } from './slots.js';
import type { Fillings } from './template.js';

/** Makes calls to a service as it is registered at the moment. */
export interface ServiceExchange {
  /** Of the registration; what another one answered is not taken for this one's. */
  readonly id: string;
  /** @throws SourceFault */
  call(request: ServiceRequest, type: ServiceType, limits: CallLimits): Promise<ServiceAnswer>;
  /** Takes down how reading a type went.
   *  @param fault  undefined where it went well */
  report(type: string, fault: SourceFault | undefined): void;
}
/** Rows that were answered, by the question; bounded in bytes. */
export type AnswerCache = LRUCache<string, { readonly rows: readonly RawRow[]; readonly bytes: number }>;

export interface FindOptions {
  /** Items to read; a wrong value of another disturbs nobody. */
  readonly wanted: ReadonlySet<string>;
  /** Decides on each row before it is counted. */
  readonly keep: (row: ServiceRow) => boolean;
  /** Rows that are enough, where they are wanted in the order of their key. */
  readonly enough?: number | undefined;
  /** Aborted when the caller has gone. */
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_S = 8;
const AT_ONCE = 4;
const MOST_BYTES = 8_000_000;
/** Rows that a list is read to its end with. */
const MOST_LISTED = 20_000;

/** The rows of one type, asked for call by call. */
export class ServiceRows {
  private readonly slots: Slots;
  /** Of a registration: one that was mended is called at once. */
  private breaker: { readonly id: string; readonly of: Breaker } = { id: '', of: new Breaker() };

  /** @param timeZone  of times that name none
   */
  constructor(
    readonly type: ServiceType,
    private readonly exchange: ServiceExchange,
    private readonly cache: AnswerCache,
    private readonly timeZone: string,
  ) {
    this.slots = new Slots(type.access.callsAtOnce ?? AT_ONCE);
  }

  /** Rows that the question has in common, each once; `keep` decides on each.
   *  @throws SourceFault, HubError LIST_TOO_LONG */
  async find(question: Question, options: FindOptions): Promise<ServiceRow[]> {
    const { access, name } = this.type;
    const chosen = chooseCall(access.calls, question);
    if (!chosen) throw new SourceFault('CALL_MISSING', name);
    const limit = AbortSignal.timeout((access.timeoutSeconds ?? TIMEOUT_S) * 1000);
    const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
    try {
      const rows = await (chosen.call.by === undefined
        ? this.list(chosen, question, options, signal)
        : this.byKeys(chosen, options, signal));
      this.exchange.report(name, undefined);
      return rows;
    } catch (error) {
      // A turn that never came is the service's delay, unless the caller has gone.
      const fault = error === limit.reason && !options.signal?.aborted ? new SourceFault('TIMED_OUT') : error;
      if (fault instanceof SourceFault) this.exchange.report(name, fault);
      throw fault;
    }
  }

  /** Every page of a call, for a pull; nothing of it is kept.
   *  @param signal  gives it up */
  pages(call: ServiceCall, fillings: Fillings, signal: AbortSignal): AsyncGenerator<ReadAnswer, void, void> {
    const limited = () =>
      AbortSignal.any([AbortSignal.timeout((this.type.access.timeoutSeconds ?? 20) * 1000), signal]);
    return this.read(call, fillings, limited);
  }

  private async byKeys(chosen: ChosenCall, { wanted, keep }: FindOptions, signal: AbortSignal): Promise<ServiceRow[]> {
    const found: RawRow[] = [];
    const unknown: Key[] = [];
    for (const key of chosen.keys) {
      const known = this.cache.get(this.cacheKey(chosen, key));
      if (known) found.push(...known.rows);
      else unknown.push(key);
    }
    const batches = batchesOf({ ...chosen, keys: unknown });
    const giveUp = new AbortController();
    const either = AbortSignal.any([signal, giveUp.signal]);
    try {
      const answers = await Promise.all(batches.map((batch) => this.readBatch(chosen, batch, either)));
      found.push(...answers.flat());
    } finally {
      giveUp.abort();
    }
    return this.toRows(found, new Set([...wanted, ...chosen.call.by!]), keep);
  }

  /** The rows of a batch, each of which has one of its keys. */
  private async readBatch(chosen: ChosenCall, batch: readonly Key[], signal: AbortSignal): Promise<RawRow[]> {
    const by = chosen.call.by!;
    const rows: RawRow[] = [];
    let bytes = 0;
    for await (const page of this.read(chosen.call, fillingsOf(chosen, batch), () => signal)) {
      rows.push(...page.rows);
      bytes += page.bytes;
      if (rows.length > MOST_LISTED) throw tooLong();
    }
    const isKey = this.type.keys.some((key) => key.length === by.length && key.every((item) => by.includes(item)));
    const groups = new Map<string, RawRow[]>(batch.map((key) => [keyText(key), []]));
    for (const raw of rows) {
      const row = toServiceRow(this.type, raw, new Set(by), this.timeZone);
      const group = groups.get(keyText(by.map((item) => row[item])));
      if (!group || by.some((item) => row[item] === UNFIT)) throw new SourceFault('KEY_FOREIGN', by.join(', '));
      if (isKey && group.length > 0) throw new SourceFault('KEY_DOUBLE', by.join(', '));
      group.push(raw);
    }
    for (const key of batch) this.remember(this.cacheKey(chosen, key), groups.get(keyText(key))!, bytes / batch.length);
    return rows;
  }

  private async list(
    chosen: ChosenCall,
    { beyond }: Question,
    options: FindOptions,
    signal: AbortSignal,
  ): Promise<ServiceRow[]> {
    const { call, narrow } = chosen;
    const [key = []] = this.type.keys;
    const isByKey = typeof call.pages === 'object' && call.pages.by === 'key';
    const after = beyond.get(key[0]!);
    if (isByKey && options.enough !== undefined) {
      const from = after === undefined ? narrow : new Map([...narrow, ['$after', after as string]]);
      return this.collect(call, from, options, signal);
    }
    const known = this.cache.get(this.cacheKey(chosen));
    const rows: RawRow[] = [...(known?.rows ?? [])];
    if (!known) {
      let bytes = 0;
      let pages = 0;
      for await (const page of this.read(call, narrow, () => signal)) {
        rows.push(...page.rows);
        bytes += page.bytes;
        if (rows.length > MOST_LISTED || ++pages > mostPages(call)) throw tooLong();
      }
      this.remember(this.cacheKey(chosen), rows, bytes);
    }
    return this.toRows(rows, options.wanted, options.keep);
  }

  /** Reads pages in the order of the key until enough rows are kept. */
  private async collect(
    call: ServiceCall,
    from: Fillings,
    options: FindOptions,
    signal: AbortSignal,
  ): Promise<ServiceRow[]> {
    const kept: ServiceRow[] = [];
    let pages = 0;
    for await (const { rows } of this.read(call, from, () => signal)) {
      kept.push(...this.toRows(rows, options.wanted, options.keep));
      if (kept.length >= options.enough!) break;
      if (++pages >= mostPages(call)) throw tooLong();
    }
    return kept;
  }

  private read(
    call: ServiceCall,
    fillings: Fillings,
    signal: () => AbortSignal,
  ): AsyncGenerator<ReadAnswer, void, void> {
    const [key = []] = this.type.keys;
    const keyOf = (raw: RawRow) => {
      const row = toServiceRow(this.type, raw, new Set(), this.timeZone);
      return { identity: identityOf(this.type, row), value: row[key[0]!] as string | number };
    };
    return readPages(call, fillings, (given) => this.ask(call, given, signal()), keyOf);
  }

  private async ask(call: ServiceCall, fillings: Fillings, signal: AbortSignal): Promise<ReadAnswer> {
    const request = toRequest(call, fillings);
    if (!request) return { rows: [], bytes: 0 };
    const { id } = this.exchange;
    if (this.breaker.id !== id) this.breaker = { id, of: new Breaker() };
    return this.slots.run(signal, () =>
      this.breaker.of.run(async () =>
        readAnswer(
          await this.exchange.call(request, this.type, { signal, mostBytes: MOST_BYTES }),
          call,
          this.type.access,
        ),
      ),
    );
  }

  private toRows(raws: readonly RawRow[], wanted: ReadonlySet<string>, keep: FindOptions['keep']): ServiceRow[] {
    const rows = new Map<string, ServiceRow>();
    for (const raw of raws) {
      const row = toServiceRow(this.type, raw, wanted, this.timeZone);
      if (keep(row)) rows.set(identityOf(this.type, row), row);
    }
    return [...rows.values()].sort((one, other) => compareRows(this.type.keys[0]!, one, other));
  }

  private cacheKey({ call, narrow }: ChosenCall, key?: Key): string {
    const { name, access } = this.type;
    return JSON.stringify([this.exchange.id, name, access.calls.indexOf(call), [...narrow], key]);
  }

  private remember(key: string, rows: readonly RawRow[], bytes: number): void {
    const { keptMs } = this.type;
    if (keptMs > 0) this.cache.set(key, { rows, bytes: Math.ceil(bytes) + 200 }, { ttl: keptMs });
  }
}

const mostPages = ({ pages }: ServiceCall): number => (typeof pages === 'object' ? pages.most : 1);

const tooLong = (): HubError =>
  new HubError('LIST_TOO_LONG', 'The list has more records than its source gives at once. Narrow it.');
