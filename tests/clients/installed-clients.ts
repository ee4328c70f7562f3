import { createRequire } from 'node:module';

/** The parts of the clients that the tests use. They are loaded as they are installed; what is typed here is the use, so
 *  that their own types, and those that have none, are no matter of this project's type check. */

type Variables = Readonly<Record<string, unknown>>;
interface Chained {
  concat(next: object): Chained;
}
export interface ApolloPackage {
  readonly gql: (text: string) => object;
  readonly HttpLink: new (options: { uri: string; headers: object; fetch: typeof fetch }) => Chained;
  readonly InMemoryCache: new () => object;
  readonly ApolloClient: new (options: { link: object; cache: object }) => {
    query(options: { query: object; variables?: Variables }): Promise<{ data: unknown }>;
    mutate(options: { mutation: object }): Promise<{ data: unknown }>;
  };
}
export interface ApolloPersisted {
  readonly PersistedQueryLink: new (options: {
    sha256: (text: string) => string;
    useGETForHashedQueries: boolean;
  }) => Chained;
}
export interface UrqlPackage {
  readonly fetchExchange: object;
  readonly Client: new (options: object) => {
    query(text: string, variables: Variables): { toPromise(): Promise<{ data: unknown; error: unknown }> };
  };
}
export interface UrqlPersisted {
  readonly persistedExchange: (options: { preferGetForPersistedQueries: boolean }) => object;
}
export interface RelayPackage {
  readonly RecordSource: new () => object;
  readonly Store: new (source: object) => object;
  readonly Network: {
    create(fetch: (request: { readonly text: string }, variables: Variables) => Promise<unknown>): object;
  };
  readonly Environment: new (options: { network: object; store: object }) => {
    lookup(selector: object): { readonly data: unknown };
  };
  readonly fetchQuery: (environment: object, query: object, variables: Variables) => { toPromise(): Promise<object> };
  readonly getSingularSelector: (fragment: object, root: object) => object;
}
export interface GeneratorPackage {
  readonly codegen: (section: object) => Promise<string>;
}
export interface GeneratorPreset {
  readonly preset: { buildGeneratesSection(options: object): Promise<object[]> };
}

const require = createRequire(import.meta.url);

/** Loads an installed package. */
export const load = async <T>(name: string): Promise<T> => (await import(name)) as T;
/** Loads a package or file of CommonJS. */
export const loadCommon = <T>(name: string): T => require(name) as T;
export const locate = (name: string): string => require.resolve(name);
