/** A query that an address carries: `#query=…&scenario=…`, which goes to no server, or `?query=…`. */
export interface CarriedQuery {
  readonly text?: string;
  readonly scenario?: string;
}

/** Takes the query out of the address, so that it stays neither there nor in what the next reload opens. */
export function takeCarriedQuery(): CarriedQuery {
  const [behind, named] = [location.hash.replace(/^#/, ''), location.search].map((each) => new URLSearchParams(each));
  const carried = {
    text: behind!.get('query') ?? named!.get('query') ?? undefined,
    scenario: behind!.get('scenario') ?? named!.get('scenario') ?? undefined,
  };
  if (carried.text !== undefined || carried.scenario !== undefined) history.replaceState(null, '', location.pathname);
  return carried;
}

/** Address of the portal's page with a query in it, under the scenario that is chosen. */
export function toPortal(text: string, scenario: string): string {
  const carried = new URLSearchParams({ query: text, ...(scenario && { scenario }) });
  return `/portal/try#${carried.toString()}`;
}
