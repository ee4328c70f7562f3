import { createHash } from 'node:crypto';

/** Identity of an item beyond its coordinate. */
export interface ItemMeaning {
  /** Department that provides it; the subgraph where it belongs to no resource. */
  readonly home: string;
  /** Code of the resource that its own subgraph says it belongs to; '' where it belongs to none. */
  readonly resource: string;
  /** Type that it returns, as written in SDL; lists and non-nulls do not matter. */
  readonly type: string;
  readonly title: string;
}

/** Identity of an item. A grant is bound to it: what later stands under the same coordinate with another provider,
 *  resource, type or title is another item, and the grant does not give it. @source QZ-2.2f, QZ-2.4b, YN-32c */
export const itemIdentity = ({ home, resource, type, title }: ItemMeaning): string =>
  createHash('sha256')
    .update(JSON.stringify([home, resource, type.replace(/[[\]!]/g, ''), title]))
    .digest('base64url')
    .slice(0, 22);
