import { createHash } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../operation/operation.js';

/** The documents that the operation stage has parsed and validated, as Apollo Server's document store: what is in it is
 *  neither parsed nor validated again. Keyed by the SHA-256 of the text, which is all that Apollo Server asks by. */
export class PreparedDocuments {
  readonly #byHash: LRUCache<string, DocumentNode>;
  readonly #known = new WeakSet<Operation>();

  /** @param max  most documents kept; one that was dropped is parsed again by Apollo Server, nothing worse */
  constructor(max = 10_000) {
    this.#byHash = new LRUCache({ max });
  }

  /** Makes a good operation known, once. */
  add(operation: Operation, text: string): void {
    if (this.#known.has(operation)) return;
    this.#known.add(operation);
    this.#byHash.set(createHash('sha256').update(text).digest('hex'), operation.document);
  }

  /** @param key  a prefix for the schema, a colon, and the hash; one text is one document under every schema */
  get(key: string): Promise<DocumentNode | undefined> {
    return Promise.resolve(this.#byHash.get(key.slice(key.lastIndexOf(':') + 1)));
  }

  set(key: string, document: DocumentNode): Promise<void> {
    this.#byHash.set(key.slice(key.lastIndexOf(':') + 1), document);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.#byHash.delete(key.slice(key.lastIndexOf(':') + 1)));
  }
}
