import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { HubError, type Caller } from '../../shared/kernel/index.js';
import { refuseDuplicates } from './request-headers.js';
import { withDeadline } from './with-deadline.js';
import { say } from '../request/messages/index.js';

/** A request rejected before it has a context: malformed, too large, of a wrong type or method, or one too many. */
export interface HttpRejection {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly milliseconds: number;
  readonly error: HubError;
  /** Caller by the token that came with it, where it is valid. */
  readonly caller?: Caller | undefined;
  /** Number of rejections with the same code in the same second that this one stands for; absent for one. */
  readonly repeated?: number;
}

export interface HttpRejectionsOptions {
  /** Resolves when the rejection is on stable storage. */
  readonly store: (rejection: HttpRejection) => Promise<void>;
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** Rejections a second that are stored one by one; the others are counted together. */
  readonly perSecond: number;
  /** Longest wait for the record, milliseconds. */
  readonly recordMs: number;
  /** Called with the reason when a rejection cannot be stored. */
  readonly onFault: (error: unknown, requestId: string) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Longest time for identifying the sender of a rejected request, milliseconds. */
const IDENTIFY_MS = 1_000;

/** Records rejected requests as evidence without letting a flood of them fill the disk: beyond `perSecond`, rejections
 *  with the same code share one record a second that says how many they were. A killed process loses the counts of its
 *  last second; rejections stored one by one are never lost. */
export class HttpRejections {
  #second = 0;
  #stored = 0;
  #counted = new Map<string, HttpRejection>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: HttpRejectionsOptions) {}

  /** Resolves when the rejection is on stable storage, or at once when it is counted together with others.
   *  @returns the error that the client gets instead when the record could not be stored */
  async record(rejection: HttpRejection, request: IncomingMessage): Promise<HubError | undefined> {
    const { store, perSecond, recordMs, onFault, now = Date.now } = this.options;
    const second = Math.floor(now() / 1000);
    if (second !== this.#second) {
      [this.#second, this.#stored] = [second, 0];
      if (this.#counted.size > 0) void this.#storeCounted();
    }
    if (this.#stored >= perSecond) {
      this.#count(rejection);
      return undefined;
    }
    this.#stored++;
    try {
      const stored = this.#identifySender(request).then((caller) => store({ ...rejection, caller }));
      await withDeadline(stored, recordMs, () => {
        throw new Error(`The record of a refusal was not on disk after ${recordMs} ms.`);
      });
      return undefined;
    } catch (error) {
      onFault(error, rejection.requestId);
      return recordFailure();
    }
  }

  /** Stores the rejections that were counted together. */
  async close(): Promise<void> {
    await this.#storeCounted();
    clearTimeout(this.#timer);
  }

  /** Caller of the token in the request; undefined without a token, with an invalid one, or with two. */
  async #identifySender(request: IncomingMessage): Promise<Caller | undefined> {
    try {
      refuseDuplicates(request);
      return await withDeadline(this.options.identify(request.headers), IDENTIFY_MS, () => undefined);
    } catch {
      return undefined;
    }
  }

  #count(rejection: HttpRejection): void {
    const { code } = rejection.error;
    const first = this.#counted.get(code);
    const repeated = (first ? (first.repeated ?? 1) : 0) + (rejection.repeated ?? 1);
    this.#counted.set(code, repeated > 1 ? { ...(first ?? rejection), repeated } : rejection);
    this.#timer ??= setTimeout(() => void this.#storeCounted(), 1_000).unref();
  }

  async #storeCounted(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counted = [...this.#counted.values()];
    this.#counted = new Map();
    for (const rejection of counted) {
      try {
        await this.options.store(rejection);
      } catch (error) {
        this.options.onFault(error, rejection.requestId);
        this.#count(rejection);
      }
    }
  }
}

/** The error of a request whose record could not be stored. */
export const recordFailure = (): HubError => new HubError('EVIDENCE_UNAVAILABLE', say('http.notRecorded'));
