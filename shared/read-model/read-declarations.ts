/** A version of a subgraph that the hub serves from a declaration. */
export interface PublishedDeclaration {
  readonly id: string;
  readonly subgraph: string;
  /** As `declaredAddress` makes it. */
  readonly url: string;
  readonly declaration: string;
  /** As it was published; the graph is composed of it. */
  readonly sdl: string;
}
/** What is in force of one subgraph, and what was before: a gateway falls back to it. */
export interface DeclaredVersions {
  readonly current?: PublishedDeclaration;
  readonly previous?: PublishedDeclaration;
}

const KEYS_SQL = `
  select distinct on (subgraph, state) id, subgraph, state, declaration is not null as declared
    from subgraph_version where state in ('PUBLISHED', 'SUPERSEDED')
   order by subgraph, state, published_at desc, number desc`;
const VERSIONS_SQL =
  'select id, subgraph, url, declaration, sdl from subgraph_version where id = any($1::text[]) and declaration is not null';

type Query = (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** Reads the declarations that are in force. The text of a version is read once, since it never changes.
 *  @param known  what was read before, by id */
export async function readDeclarations(
  query: Query,
  known: ReadonlyMap<string, PublishedDeclaration> = new Map(),
): Promise<DeclaredVersions[]> {
  const keys = (await query(KEYS_SQL)).filter(({ declared }) => declared === true);
  const unread = keys.map(({ id }) => String(id)).filter((id) => !known.has(id));
  const read = new Map(known);
  if (unread.length > 0)
    for (const row of await query(VERSIONS_SQL, [unread])) read.set(String(row['id']), readRow(row));
  const versionOf = (subgraph: unknown, state: string): PublishedDeclaration | undefined => {
    const key = keys.find((each) => each['subgraph'] === subgraph && each['state'] === state);
    return key && read.get(String(key['id']));
  };
  return [...new Set(keys.map(({ subgraph }) => subgraph))].map((subgraph) => {
    const current = versionOf(subgraph, 'PUBLISHED');
    const previous = versionOf(subgraph, 'SUPERSEDED');
    return { ...(current && { current }), ...(previous && { previous }) };
  });
}

const readRow = (row: Readonly<Record<string, unknown>>): PublishedDeclaration => ({
  id: String(row['id']),
  subgraph: String(row['subgraph']),
  url: String(row['url']),
  declaration: String(row['declaration']),
  sdl: String(row['sdl']),
});
