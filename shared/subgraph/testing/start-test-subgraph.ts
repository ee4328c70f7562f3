import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabaseServer, type DatabaseServer } from '../../database/index.js';
import type { FetchContext } from '../../trust/signed-context.js';
import { createSubgraph, type RunningSubgraph, type SubgraphOptions } from '../create-subgraph.js';
import type { SubgraphDefinition } from '../definition.js';
import type { QueryLine } from '../query-log.js';
import { startSubgraph, type DatabaseSubgraph } from '../start-subgraph.js';
import { askAsHub, type AskSubgraph, type SubgraphAnswer, type SubgraphQuestion } from './ask-subgraph.js';

export interface TestSubgraphOptions extends Pick<SubgraphOptions, 'now' | 'maxBodyBytes' | 'own' | 'sources'> {
  /** Server for the test's own database, which is made and dropped. The embedded PostgreSQL where absent, in a folder of the
   *  machine's for temporary files that is kept between runs. */
  readonly server?: DatabaseServer;
  /** Fill the database with sample data about so many residents; it is left empty where not given. */
  readonly residents?: number;
  /** What the hub says with every question, where the question does not say otherwise. */
  readonly context?: Partial<FetchContext>;
}

/** A subgraph that a test has started, and what it did since `forget`. */
export interface TestSubgraph extends Pick<RunningSubgraph, 'url' | 'sdl' | 'stop'> {
  readonly key: KeyObject;
  readonly ask: AskSubgraph;
  /** Asks for records as the hub does for other subgraphs.
   *  @param representations  key fields of each; the type's name is added
   *  @param fields           selection on the type
   *  @returns the answer, and the records in the order of the references, null where there is none */
  entities(
    type: string,
    representations: readonly object[],
    fields: string,
    question?: SubgraphQuestion,
  ): Promise<SubgraphAnswer & { readonly records: readonly (Readonly<Record<string, unknown>> | null)[] }>;
  /** SQL statements sent, without their parameters. */
  readonly statements: readonly string[];
  /** Queries admitted. */
  readonly queries: readonly QueryLine[];
  /** What the log of a running subgraph would say of errors. */
  readonly faults: readonly object[];
  /** Begins the three lists anew. */
  forget(): void;
}

/** Starts a subgraph in a test, on a free port, with a key and a database of its own.
 *  @throws HubError SUBGRAPH_INVALID, DATABASE_UNAVAILABLE
 *  @example
 *  ```ts
 *  const clinic = await startTestSubgraph(subgraph, { residents: 10 });
 *  const { records, errors } = await clinic.entities('Visit', [{ number: '1' }], 'phone', {
 *    context: { scopes: { 'Visit.phone': ['330102'] }, masks: { 'Visit.phone': 'PHONE' } },
 *  });
 *  await clinic.stop();
 *  ``` */
export async function startTestSubgraph(
  subgraph: DatabaseSubgraph | SubgraphDefinition,
  { server: given, residents, context, ...options }: TestSubgraphOptions = {},
): Promise<TestSubgraph> {
  const key = createSecretKey(randomBytes(32));
  const statements: string[] = [];
  const queries: QueryLine[] = [];
  const faults: object[] = [];
  const serving = {
    ...options,
    key,
    port: 0,
    onQuery: (line: QueryLine) => queries.push(line),
    logger: { debug: () => undefined, error: (details: object) => faults.push(details) },
  };
  const running =
    'migrations' in subgraph
      ? await withDatabase(given, (databaseUrl) =>
          startSubgraph(
            subgraph,
            { ...serving, databaseUrl, residents, onSql: (sql) => statements.push(sql) },
            { own: options.own },
          ),
        )
      : await createSubgraph({ ...subgraph, ...serving });
  const ask = askAsHub(subgraph.name, running.url, key, context);
  return {
    ...running,
    key,
    ask,
    async entities(type, representations, fields, question = {}) {
      const answer = await ask(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${fields} } } }`,
        {
          ...question,
          variables: { representations: representations.map((one) => ({ __typename: type, ...one })) },
        },
      );
      const { _entities: records = [] } = (answer.data ?? {}) as { _entities?: (Record<string, unknown> | null)[] };
      return { ...answer, records };
    },
    statements,
    queries,
    faults,
    forget: () => {
      for (const list of [statements, queries, faults]) list.length = 0;
    },
  };
}

let count = 0;

/** Starts what needs a database on one that is dropped when it stops. */
async function withDatabase(
  given: DatabaseServer | undefined,
  start: (databaseUrl: string) => Promise<RunningSubgraph>,
): Promise<RunningSubgraph> {
  const server = given ?? (await openDatabaseServer({ dataDir: join(tmpdir(), 'sharehub-test-database') }));
  const database = `test_kit_${process.pid}_${++count}`;
  const leave = async () => {
    await server.dropDatabase(database);
    if (!given) await server.stop();
  };
  try {
    await server.createDatabase(database);
    const running = await start(server.url(database));
    return { ...running, stop: () => running.stop().finally(leave) };
  } catch (error) {
    // Why it did not start matters more than a database that cannot be dropped.
    await leave().catch(() => undefined);
    throw error;
  }
}
