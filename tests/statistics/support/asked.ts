import { createSecretKey, type KeyObject } from 'node:crypto';
import { listDimension } from '../../../shared/statistics/dimension.js';
import { publishTable, type CellState, type PublishedTable } from '../../../shared/statistics/publish-table.js';
import { rollUp } from '../../../shared/statistics/roll-up.js';
import { cellId, type MeasureItem, type StatisticsTable } from '../../../shared/statistics/table.js';
import { groupRecords } from './group-records.js';
import { random } from './random.js';
import type { TestRecord } from './twin.js';

/** A resource as an attacker meets it: every table that may be asked for, each answered once and for all. */
export class Asked {
  private readonly tables = new Map<string, PublishedTable>();

  /** @param lists  item → its values */
  constructor(
    private readonly records: readonly TestRecord[],
    private readonly lists: Readonly<Record<string, readonly string[]>>,
    private readonly measures: readonly MeasureItem[] = [],
    private readonly secret: KeyObject = createSecretKey(Buffer.from(`secret ${random()}`)),
    private readonly known: ReadonlyMap<string, CellState> = new Map(),
    private readonly snapshot = '2026-08',
  ) {}

  /** Published count and measures of the cell with these values; undefined where it is left out. */
  cell(values: Readonly<Record<string, string>>) {
    const items = Object.keys(values).sort();
    const { columns, published } = this.table(items);
    return published.get(
      cellId(
        columns,
        items.map((item) => values[item]!),
      ),
    );
  }

  count(values: Readonly<Record<string, string>>): number | undefined {
    return this.cell(values)?.count;
  }

  table(items: readonly string[]): PublishedTable & Pick<StatisticsTable, 'columns'> {
    const name = items.join();
    const table: StatisticsTable = {
      resource: 'R',
      columns: items.map((item) => ({ dimension: listDimension(item, this.lists[item]!), level: 0 })),
      measures: this.measures,
    };
    let found = this.tables.get(name);
    if (!found) {
      const counted = rollUp(table, groupRecords(this.records, table));
      found = publishTable(table, counted, { secret: this.secret, snapshot: this.snapshot, known: this.known });
      this.tables.set(name, found);
    }
    return { ...found, columns: table.columns };
  }
}

/** So many persons with the same values. */
export const persons = (
  count: number,
  values: TestRecord['values'],
  amounts: TestRecord['amounts'] = {},
): TestRecord[] => Array.from({ length: count }, () => ({ person: String(random()), values, amounts }));
