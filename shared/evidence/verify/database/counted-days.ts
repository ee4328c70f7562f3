import type { ClientBase } from 'pg';
import type { StoredAccess } from '../../log/read-records.js';
import type { LocalDays } from '../../store/local-days.js';
import { DailyCounts, type DailyCount } from '../../store/record-row.js';
import type { Finding } from '../finding.js';
import type { CopiedRow } from './copied-row.js';
import { NO_CHAIN } from './months.js';
import type { RecordLineScanner } from './record-line-scanner.js';

/** Counts the records that go by as they were counted when they were stored, and compares that with `evidence.daily`,
 *  which figures and searches rely on. */
export class CountedDays {
  private readonly counts: DailyCounts;

  /** @param from  first day whose records are all there, YYYY-MM-DD; earlier ones may be archived */
  constructor(
    days: LocalDays,
    private readonly from: string,
  ) {
    this.counts = new DailyCounts(days);
  }

  /** Counts a record whose line was scanned and says what its row says. */
  addScanned(row: CopiedRow, members: RecordLineScanner, items: number): void {
    let rows = 0;
    for (const [, count] of members.raw('rows').matchAll(COUNT)) rows += Number(count);
    this.counts.count({
      at: row.instant('at'),
      department: row.string('department') ?? '',
      scenario: row.string('scenario') ?? '',
      items,
      mode: row.latin1('mode')!,
      outcome: row.latin1('outcome')!,
      requests: Number(members.raw('repeated') || 1),
      rows,
      subjects: Number(members.raw('subjectCount')),
    });
  }

  add(record: StoredAccess, items: number): void {
    this.counts.add(record, items);
  }

  /** The first line of the counts that the records do not give, or that is not there. */
  async check(client: ClientBase): Promise<Finding | undefined> {
    const { rows } = await client.query<DailyCount>(
      `select day::text, department, scenario, items, mode, outcome,
              requests::float8, rows::float8, subjects::float8 from evidence.daily where day >= $1::date`,
      [this.from],
    );
    const counted = new Set(this.counts.list().flatMap((count) => (count.day >= this.from ? [textOf(count)] : [])));
    const odd = rows.find((row) => !counted.delete(textOf(row))) ?? [...counted].map(readText)[0];
    if (!odd) return undefined;
    const { day, department, scenario } = odd;
    const message = `the counts of ${day} for department "${department}", scenario "${scenario}" are not those of the records`;
    return { kind: 'altered', writer: NO_CHAIN, file: 'evidence.daily', seq: 0, message };
  }
}

/** A count at the end of a member of `rows`. */
const COUNT = /":(\d+)/g;

const textOf = (count: DailyCount): string =>
  JSON.stringify([
    ...[count.day, count.department, count.scenario, count.items, count.mode, count.outcome],
    ...[count.requests, count.rows, count.subjects],
  ]);

function readText(text: string): Pick<DailyCount, 'day' | 'department' | 'scenario'> {
  const [day, department, scenario] = JSON.parse(text) as [string, string, string];
  return { day, department, scenario };
}
