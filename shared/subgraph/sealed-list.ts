import type { Connection } from './connection.js';
import type { SubgraphContext } from './context.js';

/** A list whose cursors say nothing and are good for no other list. */
export interface SealedList {
  /** Reads the position that `after` names, as the list itself writes positions.
   *  @throws HubError BAD_USER_INPUT when it is no cursor of this list */
  open<Page extends { readonly after?: string | null | undefined }>(page: Page): Page;
  /** Seals the positions that a page names as its cursors. */
  seal<T>(page: Connection<T>): Connection<T>;
}

/** Seals the cursors of a list that its resolver reads by other means than `rows`, which seals its own.
 *  @param list  name of the list, with every argument that makes another list of it
 *  @example
 *  ```ts
 *  const list = sealList(context, 'acts');
 *  const acts = await readActs(list.open(page));
 *  return list.seal(toConnection(acts, { ...page, cursorOf: ({ id }) => id }));
 *  ``` */
export function sealList({ cursors }: Pick<SubgraphContext, 'cursors'>, list: string): SealedList {
  const name = `list ${list}`;
  const seal = (position: string | null) => (position === null ? null : cursors.encode(name, position));
  return {
    open: (page) => (page.after == null ? page : { ...page, after: cursors.decode(name, page.after) }),
    // Cursors are made only where they are asked for.
    seal: ({ edges, nodes, pageInfo }) => ({
      edges: edges.map((edge) => ({
        node: edge.node,
        get cursor() {
          return cursors.encode(name, edge.cursor);
        },
      })),
      nodes,
      pageInfo: {
        hasNextPage: pageInfo.hasNextPage,
        hasPreviousPage: pageInfo.hasPreviousPage,
        get startCursor() {
          return seal(pageInfo.startCursor);
        },
        get endCursor() {
          return seal(pageInfo.endCursor);
        },
      },
    }),
  };
}
