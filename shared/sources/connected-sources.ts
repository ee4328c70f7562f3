import type { EnvelopeKeys } from '../trust/secret-envelope.js';
import { decryptSecret } from '../trust/secret-envelope.js';
import { checkSource, checkTable } from './check-table.js';
import type { ConnectedTable } from './connected-table.js';
import { boundTo, type DatabaseKind, isDatabaseKind, type RegisteredSource } from './registered-source.js';
import { SourceConnection, type ConnectionSettings } from './source-connection.js';
import { SourceFault, sourceUnavailable, toSourceFault } from './source-fault.js';
import { sourceOrm, type SourceEntity } from './source-orm.js';

/** What is known of a source: nothing is wrong where it has no faults. */
export interface SourceState {
  /** Of the registration that is in force. */
  readonly id: string;
  readonly department: string;
  readonly name: string;
  readonly faults: readonly SourceFault[];
}
export interface SourcesOptions extends Omit<ConnectionSettings, 'onFault'> {
  /** Opens credentials. */
  readonly keys: EnvelopeKeys;
  /** Called when the faults of a source are others than before. */
  readonly onState?: (state: SourceState) => void;
  /** Time between two looks at a source with nothing wrong, and at one with a fault, milliseconds. */
  readonly lookMs?: number;
  readonly retryMs?: number;
}
/** Tables of a source that are open for one subgraph. */
export interface OpenTables {
  readonly database: ReturnType<typeof sourceOrm>;
  close(): Promise<void>;
}

/** The databases of departments that this process reads. Each is looked at by itself, at its opening and again and again: one
 *  that is away, hangs, or is not as it was declared is refused to its own readers alone, until it is found mended. */
export class ConnectedSources {
  private readonly watched = new Map<string, WatchedSource>();

  constructor(private readonly options: SourcesOptions) {}

  /** Takes up what is registered now: new sources, changed ones, ends.
   *  @param sources  every source in force */
  async register(sources: readonly RegisteredSource[]): Promise<void> {
    const databases = sources.filter(({ kind }) => isDatabaseKind(kind));
    const names = new Set(databases.map(nameOf));
    const changes = databases.map((source) => this.watch(source).assign(source));
    for (const [name, watched] of this.watched) if (!names.has(name)) changes.push(watched.assign(undefined));
    await Promise.all(changes);
  }

  /** Opens tables for a subgraph. It waits for a first look, but not long: a source that does not answer is looked at again,
   *  and its rows are refused meanwhile. */
  async open(
    source: Pick<RegisteredSource, 'department' | 'name'>,
    entities: readonly SourceEntity[],
  ): Promise<OpenTables> {
    const watched = this.watch(source);
    const tables = entities.map(({ table }) => watched.add(table));
    await Promise.race([watched.look(), new Promise((resolve) => setTimeout(resolve, FIRST_LOOK_MS).unref())]);
    const kind = watched.kind ?? 'POSTGRESQL';
    const database = sourceOrm({ kind, query: (sql, values) => watched.query(kind, sql, values) }, entities, (type) => {
      const fault = watched.faultOf(tables.find(({ table }) => table.type === type));
      return fault && sourceUnavailable(fault);
    });
    return {
      database,
      close: async () => {
        for (const table of tables) watched.remove(table);
        await database.close();
      },
    };
  }

  /** Every source that is registered or read, with its faults. */
  get states(): readonly SourceState[] {
    return [...this.watched.values()].flatMap((watched) => watched.state ?? []);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.watched.values()].map((watched) => watched.stop()));
  }

  private watch({ department, name }: Pick<RegisteredSource, 'department' | 'name'>): WatchedSource {
    const key = nameOf({ department, name });
    let watched = this.watched.get(key);
    if (!watched) this.watched.set(key, (watched = new WatchedSource({ department, name }, this.options)));
    return watched;
  }
}

const nameOf = ({ department, name }: Pick<RegisteredSource, 'department' | 'name'>): string => `${department}/${name}`;

/** Longest wait for the first look when tables are opened, milliseconds. */
const FIRST_LOOK_MS = 4_000;
const LOOK_MS = 60_000;
const RETRY_MS = 5_000;
const LOOK_SOON_MS = 200;
/** Time after which keys are proved again though the columns are the same, milliseconds: a view's rows change. */
const PROOF_AGAIN_MS = 24 * 3_600_000;

interface WatchedTable {
  readonly table: ConnectedTable;
  /** The columns at the last proof, and its time. */
  proved?: { readonly columns: string; readonly at: number };
  fault: SourceFault | undefined;
}

/** One source, its tables, and what is wrong with them. */
class WatchedSource {
  private registered: RegisteredSource | undefined;
  private connection: SourceConnection | undefined;
  private fault: SourceFault | undefined = new SourceFault('NOT_REGISTERED');
  private readonly tables = new Set<WatchedTable>();
  private looking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private said = '';
  private isLookSoon = false;
  private isStopped = false;

  constructor(
    private readonly who: Pick<RegisteredSource, 'department' | 'name'>,
    private readonly options: SourcesOptions,
  ) {}

  get kind(): DatabaseKind | undefined {
    return this.connection?.kind;
  }

  get state(): SourceState | undefined {
    if (!this.registered && this.tables.size === 0) return undefined;
    const tables = [...this.tables].flatMap(({ fault }) => fault ?? []);
    const unique = new Map(tables.map((fault) => [fault.message, fault]));
    return {
      id: this.registered?.id ?? '',
      ...this.who,
      faults: this.fault ? [this.fault] : [...unique.values()],
    };
  }

  async assign(source: RegisteredSource | undefined): Promise<void> {
    if (source?.id === this.registered?.id) return;
    const before = this.connection;
    this.registered = source;
    this.connection = undefined;
    this.fault = new SourceFault(source ? 'NOT_CHECKED' : 'NOT_REGISTERED');
    for (const table of this.tables) {
      table.fault = new SourceFault('NOT_CHECKED');
      delete table.proved;
    }
    if (source) await this.connect(source);
    void before?.end();
    this.say();
    void this.look();
  }

  add(table: ConnectedTable): WatchedTable {
    const alike = [...this.tables].find((each) => JSON.stringify(each.table) === JSON.stringify(table) && !each.fault);
    const watched: WatchedTable = {
      table,
      ...(alike?.proved && { proved: alike.proved }),
      fault: new SourceFault('NOT_CHECKED'),
    };
    this.tables.add(watched);
    return watched;
  }

  remove(table: WatchedTable): void {
    this.tables.delete(table);
    this.say();
  }

  faultOf(table: WatchedTable | undefined): SourceFault | undefined {
    return this.fault ?? this.connection?.fault ?? (table ? table.fault : new SourceFault('NOT_CHECKED'));
  }

  async query(kind: DatabaseKind, sql: string, values: readonly unknown[]) {
    if (!this.connection) throw this.fault ?? new SourceFault('NOT_REGISTERED');
    if (this.connection.kind !== kind) throw new SourceFault('KIND_UNFIT');
    return this.connection.query(sql, values);
  }

  /** Looks at the source and its tables now. Looks that are asked for meanwhile are one more. */
  async look(): Promise<void> {
    const before = this.looking;
    if (before) {
      await before;
      if (this.looking && this.looking !== before) return this.looking;
    }
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
      this.schedule();
    });
    return this.looking;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.connection?.end();
  }

  private async connect(source: RegisteredSource): Promise<void> {
    try {
      const { credential } = source;
      const password =
        credential === undefined
          ? ''
          : await decryptSecret(credential, this.options.keys, boundTo(source)).catch((cause: unknown) => {
              throw new SourceFault('CREDENTIAL_UNREADABLE', undefined, cause);
            });
      this.connection = new SourceConnection(source, password, {
        ...this.options,
        onFault: () => this.lookSoon(),
      });
    } catch (error) {
      this.fault = toSourceFault(error);
    }
  }

  private async lookOnce(): Promise<void> {
    const { connection } = this;
    if (!connection || this.isStopped) return;
    try {
      await checkSource(connection);
      if (this.connection === connection) this.fault = undefined;
    } catch (error) {
      if (this.connection === connection) this.fault = toSourceFault(error);
    }
    if (!this.fault) for (const table of this.tables) await this.lookAt(connection, table);
    this.say();
  }

  private async lookAt(connection: SourceConnection, watched: WatchedTable): Promise<void> {
    const { proved } = watched;
    const isFresh = proved !== undefined && Date.now() - proved.at < PROOF_AGAIN_MS;
    try {
      const columns = await checkTable(connection, watched.table, isFresh ? proved.columns : undefined);
      if (this.connection !== connection) return;
      if (!isFresh || columns !== proved.columns) watched.proved = { columns, at: Date.now() };
      watched.fault = undefined;
    } catch (error) {
      if (this.connection === connection) watched.fault = toSourceFault(error);
    }
  }

  /** A statement found a fault: the look that names it follows at once, but not for each statement. */
  private lookSoon(): void {
    if (this.isLookSoon || this.isStopped) return;
    this.isLookSoon = true;
    setTimeout(() => {
      this.isLookSoon = false;
      void this.look();
    }, LOOK_SOON_MS).unref();
  }

  private schedule(): void {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    const { lookMs = LOOK_MS, retryMs = RETRY_MS } = this.options;
    const isWell = !this.fault && !this.connection?.fault && [...this.tables].every(({ fault }) => !fault);
    this.timer = setTimeout(() => void this.look(), isWell ? lookMs : retryMs).unref();
  }

  private say(): void {
    const { state } = this;
    const words = JSON.stringify([state?.id, state?.faults.map(({ message }) => message)]);
    if (!state || words === this.said || state.faults.some(({ code }) => code === 'NOT_CHECKED')) return;
    this.said = words;
    this.options.onState?.(state);
  }
}
