import { type Failure } from '../execution/failure.js';
import { readAnswer, toBadAnswer, toTimeout, toUnavailable } from '../execution/subgraph-answer.js';
import type { ActiveFetch, FetchClient, FetchLimits, FetchRequest } from '../execution/subgraph-client.js';

/** A line that the hub writes to the command of a department. */
export type VariantLine =
  | { readonly type: 'open'; readonly name: string; readonly secret: string; readonly expiresAt: string }
  | {
      readonly type: 'fetch';
      readonly id: number;
      readonly body: string;
      /** Value of the context header. */
      readonly context: string | undefined;
      /** Further headers, name and value in turn. */
      readonly headers: readonly string[];
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'beat' }
  | { readonly type: 'end'; readonly reason: string };

/** Fetches of one variant that may wait for their answers. */
const MOST_PENDING = 100;

/** The connection that a department's command has opened to the hub: fetches go down it, answers come by requests of their
 *  own. The hub opens no connection to the department. */
export class VariantLink implements FetchClient {
  readonly peer;
  private readonly waiting = new Map<number, (result: unknown) => void>();
  private last = 0;

  constructor(
    private readonly subgraph: string,
    readonly limits: FetchLimits,
    private readonly write: (line: VariantLine) => void,
  ) {
    this.peer = { scheme: 'http', address: `${subgraph}.variant`, port: 0, path: '' } as const;
  }

  fetch({ body, context, headers = [], timeout, active }: FetchRequest): Promise<unknown> {
    const { subgraph } = this;
    if (this.waiting.size >= MOST_PENDING) return Promise.resolve(toUnavailable(subgraph));
    const id = ++this.last;
    return new Promise((resolve) => {
      const end = (result: unknown): void => {
        if (!this.waiting.delete(id)) return;
        clearTimeout(timer);
        active.delete(fetch);
        resolve(result);
      };
      const giveUp = (as: Failure): void => {
        if (this.waiting.has(id)) this.write({ type: 'cancel', id });
        end(as);
      };
      const fetch: ActiveFetch = { subgraph, abort: (as = toTimeout(subgraph)) => giveUp(as) };
      const timer = setTimeout(() => giveUp(toTimeout(subgraph)), timeout);
      active.add(fetch);
      this.waiting.set(id, end);
      this.write({ type: 'fetch', id, body, context: context?.sign(), headers });
    });
  }

  /** Takes the answer to a fetch; one that nobody waits for is dropped.
   *  @param status  of HTTP; 0 where the subgraph did not answer the command */
  answer(id: number, status: number, text: string): void {
    const end = this.waiting.get(id);
    if (!end) return;
    const isTooLarge = text.length > this.limits.answerBytes;
    end(isTooLarge ? toBadAnswer(this.subgraph, 'the answer is too large') : this.read(status, text));
  }

  private read(status: number, text: string): unknown {
    return status === 0 ? toUnavailable(this.subgraph) : readAnswer(this.subgraph, status, text);
  }

  /** The engine of a graph ends; the connection goes on to the next. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The connection has ended: nothing that waits is answered any more. */
  end(): void {
    for (const end of [...this.waiting.values()]) end(toUnavailable(this.subgraph));
  }
}
