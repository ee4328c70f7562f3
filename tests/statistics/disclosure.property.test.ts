import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listDimension, type Dimension } from '../../shared/statistics/dimension.js';
import { publishTable } from '../../shared/statistics/publish-table.js';
import { rollUp } from '../../shared/statistics/roll-up.js';
import { cellId, type StatisticsTable } from '../../shared/statistics/table.js';
import { propertyCases, propertySeed } from '../model/config.js';
import { groupRecords } from './support/group-records.js';
import { publishSlowly, type TestRecord } from './support/twin.js';

const secret = createSecretKey(Buffer.alloc(32, 1));
const sex = listDimension('sex', ['F', 'M']);
const status = listDimension('status', ['A', 'B', 'C']);
const REGISTER: Readonly<Record<string, readonly string[]>> = { '': ['1', '2'], '1': ['11', '12', '13'], '2': ['21'] };
const division: Dimension = {
  item: 'division',
  levels: [1, 2].map((length) => ({
    name: `L${length}`,
    length,
    valuesBelow: (parent = '') => REGISTER[parent] ?? [],
    isValue: (text) => text.length === length && /^\d+$/.test(text),
  })),
};
const TABLES: readonly StatisticsTable['columns'][] = [
  [{ dimension: sex, level: 0 }],
  [{ dimension: division, level: 1 }],
  [
    { dimension: division, level: 1, within: '1' },
    { dimension: sex, level: 0 },
  ],
  [
    { dimension: division, level: 0 },
    { dimension: sex, level: 0 },
    { dimension: status, level: 0 },
  ],
  [
    { dimension: division, level: 1 },
    { dimension: status, level: 0 },
  ],
];

/** A crowd of so many persons with the same values. Sizes are about the threshold, where everything is decided. */
const crowd = fc.record({
  size: fc.oneof(fc.nat({ max: 25 }), fc.nat({ max: 80 })),
  division: fc.constantFrom('11', '12', '13', '21'),
  sex: fc.constantFrom('F', 'M'),
  status: fc.constantFrom('A', 'B', 'C'),
});
const toRecords = (crowds: readonly { size: number; division: string; sex: string; status: string }[]): TestRecord[] =>
  crowds.flatMap(({ size, ...values }, at) =>
    Array.from({ length: size }, (_, person) => ({ person: `${at}/${person}`, values, amounts: {} })),
  );

describe('a table of counts', () => {
  it('is published as the slow way does, whatever is counted', () => {
    fc.assert(
      fc.property(fc.array(crowd, { maxLength: 14 }), fc.constantFrom(...TABLES), (crowds, columns) => {
        const table: StatisticsTable = { resource: 'R', columns, measures: [] };
        const records = toRecords(crowds);
        const fast = publishTable(table, rollUp(table, groupRecords(records, table)), {
          secret,
          snapshot: '2026-08',
          known: new Map(),
        });
        for (const [id, { count }] of publishSlowly(records, table, secret))
          expect([id, fast.published.get(id)?.count]).toEqual([id, count]);
      }),
      { numRuns: propertyCases(150), ...(propertySeed() !== undefined && { seed: propertySeed()! }) },
    );
  });

  it('never gives a cell with nine persons, or one that leaves nine of a cell that contains it', () => {
    const of = (f: number, m: number, columns = TABLES[0]!) => {
      const table: StatisticsTable = { resource: 'R', columns, measures: [] };
      const records = toRecords([
        { size: f, division: '11', sex: 'F', status: 'A' },
        { size: m, division: '11', sex: 'M', status: 'A' },
      ]);
      const { published } = publishTable(table, rollUp(table, groupRecords(records, table)), {
        secret,
        snapshot: '2026-08',
        known: new Map(),
      });
      return ['F', 'M'].map((value) => published.has(cellId(columns, [value])));
    };
    expect(of(9, 300)).toEqual([false, false]);
    expect(of(0, 300)).toEqual([false, false]);
    expect(of(10, 300)).toEqual([true, true]);
  });
});
