import type { DocumentNode } from 'graphql';
import type { Operation } from '../request/operation.js';

interface Entry {
  readonly text: string;
  readonly document: DocumentNode;
  users: number;
}

/** The operations that are being carried, by their hash. Apollo Server is given only the hash of an operation, as with a
 *  persisted query, and finds text and document here: nothing is hashed, parsed or validated a second time.
 *  Holds what is under way and nothing else, so it needs no limit. */
export class OperationsInFlight {
  readonly #byHash = new Map<string, Entry>();

  /** As Apollo Server's cache of persisted queries: hash → text. */
  readonly texts = this.#store((entry) => entry.text);
  /** As Apollo Server's document store: hash → document. */
  readonly documents = this.#store((entry) => entry.document);

  begin({ id, document }: Operation, text: string): void {
    const entry = this.#byHash.get(id);
    if (entry) entry.users++;
    else this.#byHash.set(id, { text, document, users: 1 });
  }

  end({ id }: Operation): void {
    const entry = this.#byHash.get(id);
    if (entry && --entry.users === 0) this.#byHash.delete(id);
  }

  /** A store in the shape that Apollo Server wants. It prefixes keys; the hash is what follows the last colon. */
  #store<T>(part: (entry: Entry) => T) {
    return {
      get: (key: string): Promise<T | undefined> => {
        const entry = this.#byHash.get(key.slice(key.lastIndexOf(':') + 1));
        return Promise.resolve(entry && part(entry));
      },
      set: (): Promise<void> => Promise.resolve(),
      delete: (): Promise<boolean> => Promise.resolve(false),
    };
  }
}
