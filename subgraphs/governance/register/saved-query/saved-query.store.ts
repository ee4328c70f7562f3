import type { ExpressionBuilder } from 'kysely';
import { toConnection, type Connection } from '../../../../shared/subgraph/index.js';
import type { Database } from '../../core/index.js';
import { registerTables, type RegisterTables } from '../tables.js';
import type { SavedQuery } from './saved-query.type.js';

/** A signed-in person, in their department of now. */
export interface QueryReader {
  readonly person: string;
  readonly department: string;
}
export interface KeptQuery {
  readonly name: string;
  readonly text: string;
  readonly scenario: string | null;
  readonly shared: boolean;
}

/** Queries that a reader may see: their own that they share with nobody, wherever they work; and those that are shared with
 *  their department. One that they shared with a former department is that department's. */
const isVisibleTo =
  ({ person, department }: QueryReader) =>
  (eb: ExpressionBuilder<RegisterTables, 'saved_query'>) =>
    eb.or([
      eb.and([eb('saved_query.owner', '=', person), eb('saved_query.shared', '=', false)]),
      eb.and([eb('saved_query.department', '=', department), eb('saved_query.shared', '=', true)]),
    ]);

/** The saved queries of one reader. */
export class SavedQueryStore {
  private readonly db: ReturnType<typeof registerTables>;

  constructor(
    database: Database,
    private readonly reader: QueryReader,
  ) {
    this.db = registerTables(database);
  }

  /** Newest first.
   *  @param after  id of the last query of the page before */
  async list({ first, after }: { first: number; after?: string | null | undefined }): Promise<Connection<SavedQuery>> {
    let visible = this.select();
    if (after != null) visible = visible.where('saved_query.id', '<', after);
    const rows = await visible
      .orderBy('saved_query.id', 'desc')
      .limit(first + 1)
      .execute();
    return toConnection(rows.map(this.toView), { first, after, cursorOf: ({ id }) => id });
  }

  async find(id: string): Promise<SavedQuery | undefined> {
    const row = await this.select().where('saved_query.id', '=', id).executeTakeFirst();
    return row && this.toView(row);
  }

  /** The reader's own of a name. */
  async findOwnByName(name: string): Promise<SavedQuery | undefined> {
    const { person } = this.reader;
    const own = this.select().where('saved_query.owner', '=', person).where('saved_query.name', '=', name);
    const row = await own.executeTakeFirst();
    return row && this.toView(row);
  }

  async countOwn(): Promise<number> {
    const { count } = await this.db
      .selectFrom('saved_query')
      .where(isVisibleTo(this.reader))
      .where('saved_query.owner', '=', this.reader.person)
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Lets one save of the reader wait for another, so that limits hold between two tabs. */
  async lockReader(): Promise<void> {
    const officer = this.db.selectFrom('officer').where('subject', '=', this.reader.person);
    await officer.select('subject').forUpdate().execute();
  }

  async insert(id: string, query: KeptQuery): Promise<void> {
    const { person: owner, department } = this.reader;
    await this.db
      .insertInto('saved_query')
      .values({ id, owner, department, ...query })
      .execute();
  }

  async replace(id: string, query: KeptQuery): Promise<void> {
    const { department } = this.reader;
    await this.db
      .updateTable('saved_query')
      .set({ department, ...query, saved_at: new Date() })
      .where('id', '=', id)
      .execute();
  }

  async delete(id: string): Promise<void> {
    await this.db.deleteFrom('saved_query').where('id', '=', id).execute();
  }

  private select() {
    return this.db
      .selectFrom('saved_query')
      .leftJoin('officer', 'officer.subject', 'saved_query.owner')
      .where(isVisibleTo(this.reader))
      .select([
        'saved_query.id',
        'saved_query.owner',
        'saved_query.name',
        'saved_query.text',
        'saved_query.scenario',
        'saved_query.shared',
        'saved_query.saved_at',
        'officer.name as ownerName',
      ]);
  }

  private readonly toView = ({
    owner,
    ownerName,
    saved_at: savedAt,
    ...query
  }: Awaited<ReturnType<ReturnType<SavedQueryStore['select']>['execute']>>[number]): SavedQuery => ({
    ...query,
    own: owner === this.reader.person,
    ownerName: ownerName ?? owner,
    savedAt,
  });
}

/** Deletes what a person kept for themselves alone: they leave, and nobody else can see it. What they shared is their department's. */
export async function forgetPrivateQueries(database: Database, person: string): Promise<void> {
  await registerTables(database)
    .deleteFrom('saved_query')
    .where('owner', '=', person)
    .where('shared', '=', false)
    .execute();
}
