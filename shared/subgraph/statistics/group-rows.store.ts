import type { GroupRow } from '../../statistics/cell-total.js';
import type { StatisticsTable } from '../../statistics/table.js';
import type { TablePlan } from '../type-plan.js';
import { sqlWordsOf, type SqlWords } from './sql-words.js';

/** How rows of a type are counted. */
export interface CountedRows {
  readonly table: TablePlan;
  /** Item → its column. */
  readonly dimensions: ReadonlyMap<string, CountedDimension>;
  /** Item → property of its column. */
  readonly measures: ReadonlyMap<string, string>;
  /** Properties that together name whom a row is of: the person, or the record itself where it is of nobody. Rows without
   *  are not counted. */
  readonly unit: readonly string[];
  /** No two rows are of the same. */
  readonly isUnique: boolean;
}
export interface CountedDimension {
  readonly property: string;
  readonly kind: 'text' | 'boolean' | 'bands';
  /** Lower bounds of all bands but the first, numbers or dates as SQL writes them. */
  readonly bounds?: readonly string[];
  readonly names?: readonly string[];
}

/** Counts the rows of a table's cells in one statement: persons once in each cell, keys and sketches by XOR, sums of values
 *  that are cut to their bounds.
 *
 *  Protected persons are counted: a count without them would tell who is missing. Nothing that a caller writes gets into the
 *  statement, but a code that was found to be digits.
 *  @param seed  of record keys, 64 bits
 *  @throws HubError SOURCE_UNAVAILABLE */
export async function readGroups(rows: CountedRows, table: StatisticsTable, seed: bigint): Promise<GroupRow[]> {
  const { database, entity, primaryKey } = rows.table;
  const words = sqlWordsOf(database);
  if (!words) throw new Error(`The rows of ${entity.name} are in no SQL database.`);
  // A source that is known to be unfit refuses this as it refuses every read.
  await database.em.getDriver().find(entity, {}, { limit: 1, fields: [...primaryKey] as never });
  const statement = new GroupStatement(rows, table, words, String(BigInt.asIntN(64, seed)));
  const sql = rows.isUnique ? statement.ofRows() : statement.ofPersons();
  const found = (await database.em.getConnection().execute(sql)) as unknown as readonly FoundRow[];
  return found.map((row) => toGroup(row, rows, table));
}

class GroupStatement {
  constructor(
    private readonly rows: CountedRows,
    private readonly table: StatisticsTable,
    private readonly words: SqlWords,
    private readonly seed: string,
  ) {}

  /** Of a table in which each person has one row. */
  ofRows(): string {
    const values = [
      ...this.values(),
      `${this.words.key(this.unit(), this.seed)} as k`,
      ...this.numbers().map((number, at) => `${number} as s${at}`),
    ];
    return this.group(`select ${values.join(', ')} from ${this.from()}`);
  }

  /** Of a table in which a person may have several rows: those of a cell are one, and a pattern says in which cells the
   *  person is besides: the XOR of their hashes, and how many they are. */
  ofPersons(): string {
    const { words, seed } = this;
    const names = this.names();
    const sums = this.numbers().map((number, at) => `sum(${number}) as s${at}`);
    const cells = `select ${[`${this.unit()} as u`, ...this.values(), ...sums].join(', ')}
      from ${this.from()} group by ${['u', ...names].join(', ')}`;
    const parts = names.map((name) => `coalesce(${words.text(name)}, '-'), ';'`).join(', ') || `''`;
    const hashed = `select cells.*, ${words.key(`concat('', ${parts})`, seed)} as c from (${cells}) as cells`;
    const ofPerson = 'over (partition by u)';
    return this.group(
      `select hashed.*, ${words.key('u', seed)} as k, bit_xor(c) ${ofPerson} as pattern, count(*) ${ofPerson} as spread
       from (${hashed}) as hashed`,
      ['pattern', 'spread'],
    );
  }

  private numbers(): string[] {
    return this.table.measures.map(({ item }) => this.words.number(this.column(this.rows.measures.get(item)!)));
  }

  /** @param counted  a row for each person, or for each cell of one */
  private group(counted: string, also: readonly string[] = []): string {
    const { words } = this;
    const { measures } = this.table;
    const keyed = (key: string) => [words.text(`bit_xor(${key})`), words.text(`bit_xor(${words.sketch(key)})`)];
    const names = [...this.names(), ...also];
    const [key, sketch] = keyed('k');
    const aggregates = [
      ...names,
      'count(*) as persons',
      `${key!} as k`,
      `${sketch!} as sketch`,
      ...measures.flatMap((_, at) => {
        const [valueKey, valueSketch] = keyed(`h${at}`);
        return [
          `count(s${at}) as n${at}`,
          `${valueKey!} as k${at}`,
          `${valueSketch!} as sketch${at}`,
          `sum(c${at}) as sum${at}`,
          `max(abs(c${at})) as largest${at}`,
        ];
      }),
    ];
    const made = measures.flatMap(({ bound }, at) => [
      `${words.valueKey(`s${at}`, 'k')} as h${at}`,
      // Not by greatest and least, which take no value for none at all in one database and for the bound in another.
      `case when s${at} > ${bound} then ${bound} when s${at} < ${-bound} then ${-bound} else s${at} end as c${at}`,
    ]);
    const from = `select ${['counted.*', ...made].join(', ')} from (${counted}) as counted`;
    return `select ${aggregates.join(', ')} from (${from}) as made${names.length > 0 ? ` group by ${names.join(', ')}` : ''}`;
  }

  private names(): string[] {
    return this.table.columns.map((_, at) => `v${at}`);
  }

  /** The value of each column, at its level; of bands, their number. */
  private values(): string[] {
    return this.table.columns.map(({ dimension, level }, at) => {
      const { property, kind, bounds = [] } = this.rows.dimensions.get(dimension.item)!;
      const column = this.column(property);
      const { length } = dimension.levels[level]!;
      const text = this.words.text(column);
      const value =
        kind === 'boolean'
          ? this.words.truth(column)
          : kind === 'bands'
            ? `case ${bounds.map((bound, band) => `when ${column} < ${bound} then ${band}`).join(' ')} when ${column} is not null then ${bounds.length} end`
            : length === undefined
              ? text
              : this.words.prefix(text, length);
      return `${value} as v${at}`;
    });
  }

  /** What names whom a row is of, as text. */
  private unit(): string {
    const parts = this.rows.unit.map((property) => this.words.text(this.column(property)));
    return parts.length === 1 ? parts[0]! : `concat(${parts.join(`, ':', `)})`;
  }

  private from(): string {
    const { metadata } = this.rows.table;
    const name = [metadata.schema, metadata.tableName]
      .flatMap((part) => (part ? [this.words.quote(part)] : []))
      .join('.');
    const conditions = [
      ...this.rows.unit.map((property) => `${this.column(property)} is not null`),
      ...this.table.columns.flatMap(({ dimension, within }) =>
        within === undefined
          ? []
          : [`${this.column(this.rows.dimensions.get(dimension.item)!.property)} like '${digitsOf(within)}%'`],
      ),
    ];
    return `${name} where ${conditions.join(' and ')}`;
  }

  private column(property: string): string {
    return this.words.quote(this.rows.table.properties.get(property)!.fieldNames[0]!);
  }
}

function digitsOf(code: string): string {
  if (!/^\d+$/.test(code)) throw new Error('A hierarchy is of codes of digits.');
  return code;
}

/** Numbers may come as text, keys and sketches do. */
type FoundRow = Readonly<Record<string, string | number | boolean | null>>;

const unsigned = (found: FoundRow[string] | undefined): bigint => BigInt.asUintN(64, BigInt(found ?? 0));

const toGroup = (row: FoundRow, { dimensions }: CountedRows, { columns, measures }: StatisticsTable): GroupRow => ({
  values: columns.map(({ dimension }, at) => toValue(row[`v${at}`] ?? null, dimensions.get(dimension.item)!)),
  persons: Number(row['persons']),
  key: unsigned(row['k']),
  sketch: unsigned(row['sketch']),
  measures: measures.map((_, at) => ({
    persons: Number(row[`n${at}`]),
    key: unsigned(row[`k${at}`]),
    sketch: unsigned(row[`sketch${at}`]),
    sum: Number(row[`sum${at}`] ?? 0),
    largest: Number(row[`largest${at}`] ?? 0),
  })),
  ...('pattern' in row && { pattern: `${String(row['pattern'])}:${String(row['spread'])}` }),
});

/** A value of a dimension. Databases have different words for true. */
function toValue(found: FoundRow[string], { kind, names = [] }: CountedDimension): string | null {
  if (found === null) return null;
  if (kind === 'boolean') return String(Number(found) === 1);
  return kind === 'bands' ? names[Number(found)]! : String(found);
}
