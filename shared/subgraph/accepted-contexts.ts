import { refused, type FetchContext } from '../trust/signed-context.js';

/** Remembers which contexts were accepted, so that each is accepted once. */
export interface ContextMemory {
  /** @param now  milliseconds since the epoch
   *  @throws HubError CONTEXT_REFUSED when it was accepted before, or cannot be remembered */
  accept(context: Pick<FetchContext, 'id' | 'expiresAt'>, now: number): void | Promise<void>;
}

/** Contexts that one process remembers; about 50 MB when it is full. At a minute of life that is 8,000 fetches a second. */
const MOST_CONTEXTS = 500_000;

/** The contexts that this process has accepted, until they expire, so that each is accepted once. When it is full, new ones
 *  are refused: forgetting one early would let it be sent again. @source share-rules section 4 */
export class AcceptedContexts implements ContextMemory {
  /** Expiry by id, seconds since the epoch; in the order of acceptance, which is about that of expiry. */
  private readonly expiries = new Map<string, number>();

  constructor(private readonly most = MOST_CONTEXTS) {}

  accept({ id, expiresAt }: Pick<FetchContext, 'id' | 'expiresAt'>, now: number): void {
    if (this.expiries.has(id)) throw refused('it was accepted before');
    for (const [oldest, expiry] of this.expiries) {
      if (expiry * 1000 > now) break;
      this.expiries.delete(oldest);
    }
    if (this.expiries.size >= this.most) throw refused('too many were accepted within their time; try again shortly');
    this.expiries.set(id, expiresAt);
  }
}
