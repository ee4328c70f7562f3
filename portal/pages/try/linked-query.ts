/** A query that an address carries, so that it goes from page to page. */
export interface LinkedQuery {
  readonly text?: string;
  readonly scenario?: string;
  /** Code of a resource whose records are to be tried. */
  readonly resource?: string;
}

/** Reads the part of an address behind `#`, which a browser sends to no server: `#query=…&scenario=…`. A resource's code is
 *  part of the address itself, `?resource=…`. */
export function readLinkedQuery({ hash, search }: { hash: string; search: string }): LinkedQuery {
  const carried = new URLSearchParams(hash.replace(/^#/, ''));
  const named = new URLSearchParams(search);
  return {
    text: carried.get('query') ?? undefined,
    scenario: carried.get('scenario') ?? named.get('scenario') ?? undefined,
    resource: named.get('resource') ?? undefined,
  };
}

/** Address of the query page with a query in it. Values of variables are not part of it. */
export function toQueryPage(text: string, scenario: string | undefined): string {
  const carried = new URLSearchParams({ query: text, ...(scenario && { scenario }) });
  return `/graphiql#${carried.toString()}`;
}
