import pg from 'pg';
import type { DatabaseServer } from '../../../shared/database/index.js';
import { parseDeclaration } from '../../../shared/declaration/index.js';
import { buildDeclaredGraph } from '../../../shared/declaration/graph/index.js';
import { declaredAddress, publishedAddress } from '../../../shared/read-model/declared-address.js';
import { askAsHub, type AskSubgraph } from '../../../shared/subgraph/testing/index.js';
import { subgraphKey, type FetchContext } from '../../../shared/trust/signed-context.js';
import { startDeclared, type DeclaredOptions, type RunningDeclared } from '../../../subgraphs/declared/index.js';
import { TEST_SECRET } from '../../support/subgraph-client.js';
import { testDatabaseName } from '../../support/test-database.js';

/** The process that serves declarations, with a database of hosted tables and as much of governance as it reads. */
export class DeclaredProcess {
  readonly statements: string[] = [];
  readonly faults: object[] = [];
  private published = 0;

  private constructor(
    readonly declared: RunningDeclared,
    readonly rows: pg.Pool,
    private readonly governance: pg.Pool,
    private readonly leave: () => Promise<void>,
  ) {}

  static async start(server: DatabaseServer, options: Partial<DeclaredOptions> = {}): Promise<DeclaredProcess> {
    const names = [testDatabaseName('declared'), testDatabaseName('versions')] as const;
    for (const name of names) await server.createDatabase(name);
    const [rows, governance] = names.map((name) => {
      const pool = new pg.Pool({ connectionString: server.url(name), max: 2 });
      pool.on('error', () => undefined);
      return pool;
    }) as [pg.Pool, pg.Pool];
    await governance.query(`create table subgraph_version (
      id text, subgraph text, number int, state text, url text, declaration text, sdl text, published_at timestamptz default now());
      create table subgraph_key (subgraph text, number int, overlap_ends_at timestamptz)`);
    const statements: string[] = [];
    const faults: object[] = [];
    const declared = await startDeclared({
      port: 0,
      secret: TEST_SECRET,
      databaseUrl: server.url(names[0]),
      governanceUrl: server.url(names[1]),
      logger: {
        debug: () => undefined,
        info: () => undefined,
        error: (details: object) => faults.push(details),
        isLevelEnabled: () => false,
      },
      onSql: (sql) => statements.push(sql),
      ...options,
    });
    const process = new DeclaredProcess(declared, rows, governance, async () => {
      await declared.stop();
      await Promise.all([rows.end(), governance.end()]);
      for (const name of names) await server.dropDatabase(name);
    });
    Object.assign(process, { statements, faults });
    return process;
  }

  /** Puts a declaration in force, without anybody's check.
   *  @param published  SDL that it was published with, where this hub would build another one */
  async publish(declaration: string, published?: string): Promise<void> {
    const { subgraph } = parseDeclaration(declaration).declaration!;
    await this.retire(subgraph);
    const { sdl } = buildDeclaredGraph(parseDeclaration(declaration).declaration!).built;
    await this.governance.query(
      `insert into subgraph_version (id, subgraph, number, state, url, declaration, sdl) values ($1, $2, $3, 'PUBLISHED', $4, $5, $6)`,
      [
        `V${++this.published}`,
        subgraph,
        this.published,
        declaredAddress(subgraph, declaration),
        declaration,
        published ?? sdl,
      ],
    );
  }

  async retire(subgraph: string): Promise<void> {
    await this.governance.query(`update subgraph_version set state = 'SUPERSEDED' where subgraph = $1`, [subgraph]);
  }

  /** Nothing of governance can be read from now on. */
  async governanceAway(): Promise<void> {
    await this.governance.query('alter table subgraph_version rename to gone');
  }

  /** Asks the subgraph that a declaration describes, as the hub does. */
  ask(declaration: string, standing: Partial<FetchContext> = {}): AskSubgraph {
    const { subgraph } = parseDeclaration(declaration).declaration!;
    return askAsHub(subgraph, this.urlOf(declaration), subgraphKey(TEST_SECRET, subgraph), standing);
  }

  urlOf(declaration: string): string {
    const { subgraph } = parseDeclaration(declaration).declaration!;
    return publishedAddress(declaredAddress(subgraph, declaration), new Set(), this.declared.url)!;
  }

  stop(): Promise<void> {
    return this.leave();
  }
}
