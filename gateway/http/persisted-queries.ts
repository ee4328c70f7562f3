import { hash as digest } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { HubError } from '../../shared/kernel/index.js';
import type { OperationParameters } from '../request/request-outcome.js';
import { say } from '../request/messages/index.js';

/** Operations kept for one department, their characters in all, and departments. The department that was idle for longest is
 *  forgotten first. */
const OPERATIONS = 1_000;
const CHARACTERS = 1_000_000;
const DEPARTMENTS = 1_000;
/** Characters kept for all departments together. */
const ALL_CHARACTERS = 32_000_000;

/** Automatic persisted queries: a client sends the hash of an operation, and its text only when the hub does not know it. Each
 *  department has a memory of its own, so that none can push another's operations out, or find out what it asks. A hash is
 *  a name and gives no right: everything that holds for an operation holds for it as well.
 *  @source Apollo, "Automatic Persisted Queries" */
export class PersistedQueries {
  readonly #departments = new LRUCache<string, LRUCache<string, string>>({
    max: DEPARTMENTS,
    dispose: ({ calculatedSize }) => (this.#characters -= calculatedSize),
  });
  #characters = 0;

  /** The text of an operation.
   *  @param department  of the caller; '' for nobody
   *  @throws HubError PERSISTED_QUERY_NOT_FOUND, or BAD_REQUEST for a text that the hash is not of */
  resolve(department: string, { query, persisted }: OperationParameters): string {
    if (persisted === undefined) return query!;
    if (query === undefined) {
      const known = this.#departments.get(department)?.get(persisted);
      // Clients know the answer by this very message, and send the text then.
      if (known === undefined) throw new HubError('PERSISTED_QUERY_NOT_FOUND', say('http.persistedQueryNotFound'));
      return known;
    }
    if (digest('sha256', query, 'hex') !== persisted) throw new HubError('BAD_REQUEST', say('http.wrongHash'));
    return query;
  }

  /** Keeps the text of an operation that was found valid. */
  keep(department: string, { persisted }: OperationParameters, text: string): void {
    if (persisted === undefined) return;
    let texts = this.#departments.get(department);
    if (!texts) {
      texts = new LRUCache({ max: OPERATIONS, maxSize: CHARACTERS, sizeCalculation: ({ length }) => length + 1 });
      this.#departments.set(department, texts);
    }
    if (texts.has(persisted)) return;
    const before = texts.calculatedSize;
    texts.set(persisted, text);
    this.#characters += texts.calculatedSize - before;
    while (this.#characters > ALL_CHARACTERS) this.#departments.pop();
  }
}
