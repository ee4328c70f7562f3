import { createSecretKey } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { countErrorWithin, countNoise, COUNT_NOISE } from '../../shared/statistics/count-noise.js';
import { sumErrorWithin, sumNoise } from '../../shared/statistics/sum-noise.js';
import { keyedUniform } from '../../shared/statistics/keyed-uniform.js';
import { rounds } from '../support/rounds.js';
import { Asked, persons } from './support/asked.js';
import { hash64, random } from './support/random.js';

/** Attacks that are known to work on statistics, each on a hub without the safeguard in question and on this one. The rates
 *  are in docs/statistics.md; `npm run test:long` tries each more often. */

jest.setTimeout(3_600_000);

const pick = (below: number) => Math.floor(random() * below);
const rate = (trials: number, succeeds: () => boolean): number => {
  let times = 0;
  for (let trial = 0; trial < trials; trial++) if (succeeds()) times++;
  return times / trials;
};
const secret = createSecretKey(Buffer.alloc(32, 7));
/** A hub that adds the same noise to the same persons and checks nothing else. */
const noised = (members: readonly string[]): number =>
  members.length +
  countNoise(
    keyedUniform(
      secret,
      'persons',
      members.reduce((key, one) => key ^ hash64(one), 0n),
      members.length,
    ),
  );

describe('an attacker who compares a group with the same group and one condition more', () => {
  // Everybody in the group but the target is known not to have the attribute.
  it('learns the attribute of the one person in doubt from a hub with noise alone, and nothing here', () => {
    const trials = rounds(150, 2_000);
    let answered = 0;
    let right = 0;
    let before = 0;
    for (let trial = 0; trial < trials; trial++) {
      const has = pick(2) === 1;
      const others = persons(20 + pick(200), { village: 'v', ill: 'no' });
      const target = persons(1, { village: 'v', ill: has ? 'yes' : 'no' });
      const records = [
        ...others,
        ...target,
        ...persons(500, { village: 'w', ill: 'no' }),
        ...persons(60, { village: 'w', ill: 'yes' }),
      ];
      const all = [...others, ...target].map(({ person }) => person);
      const without = [...others, ...(has ? [] : target)].map(({ person }) => person);
      if ((noised(all) !== noised(without)) === has) before++;
      const asked = new Asked(records, { village: ['v', 'w'], ill: ['yes', 'no'] });
      const [whole, part] = [asked.count({ village: 'v' }), asked.count({ village: 'v', ill: 'no' })];
      if (part !== undefined) answered++;
      // The best that is left is to guess.
      if ((part === undefined || whole === undefined ? pick(2) === 1 : whole !== part) === has) right++;
    }
    expect(before / trials).toBeGreaterThan(0.9);
    expect(answered).toBe(0);
    expect(right / trials).toBeLessThan(0.65);
  });

  it('does not learn it from sums, nor from ratios of 500 pairs of questions', () => {
    let answered = 0;
    const values = { village: ['v', 'w'], job: ['mayor', 'farmer', 'none'], sex: ['F', 'M'] };
    const records = [
      ...persons(1, { village: 'v', job: 'mayor', sex: 'F' }, { income: 77_000 }),
      ...persons(120, { village: 'v', job: 'farmer', sex: 'F' }, { income: 20_000 }),
      ...persons(80, { village: 'v', job: 'none', sex: 'M' }, { income: 10_000 }),
      ...persons(200, { village: 'w', job: 'farmer', sex: 'M' }, { income: 20_000 }),
    ];
    // Each pair is a cell, and the same cell with one condition more: its rest is the mayor, or holds nobody else.
    for (let pair = 0; pair < 500; pair++) {
      const asked = new Asked(records, values, [{ item: 'income', bound: 100_000 }]);
      for (const [whole, part] of [
        [
          { village: 'v', sex: 'F' },
          { village: 'v', sex: 'F', job: 'farmer' },
        ],
        [{ sex: 'F' }, { sex: 'F', job: 'farmer' }],
        [
          { village: 'v', sex: 'F' },
          { village: 'v', sex: 'F', job: 'mayor' },
        ],
      ])
        if (asked.cell(whole!) && asked.cell(part!)) answered++;
      if (pair >= rounds(10, 500)) break;
    }
    expect(answered).toBe(0);
  });

  it('does not learn from one month to the next who came or went', () => {
    const lists = { village: ['v', 'w'], ill: ['yes', 'no'] };
    const stay = [
      ...persons(60, { village: 'v', ill: 'yes' }),
      ...persons(300, { village: 'v', ill: 'no' }),
      ...persons(400, { village: 'w', ill: 'no' }),
      ...persons(40, { village: 'w', ill: 'yes' }),
    ];
    const success = (keeps: boolean) =>
      rate(rounds(40, 500), () => {
        const moves = pick(2) === 1;
        const [target] = persons(1, { village: 'v', ill: 'no' });
        const first = new Asked([...stay, target!], lists, [], secret);
        const { states } = first.table(['ill', 'village']);
        const later = new Asked(
          [...stay, { ...target!, values: { village: 'v', ill: moves ? 'yes' : 'no' } }],
          ...([lists, [], secret, keeps ? states : new Map(), '2026-09'] as const),
        );
        const changed = first.count({ village: 'v', ill: 'yes' }) !== later.count({ village: 'v', ill: 'yes' });
        return changed ? moves : !moves;
      });
    expect(success(false)).toBeGreaterThan(0.8);
    expect(success(true)).toBeLessThan(0.8);
  });
});

describe('an attacker who averages', () => {
  it('gains nothing by asking the same in a thousand ways', () => {
    const records = [...persons(100, { sex: 'F' }), ...persons(200, { sex: 'M' })];
    const exact = rate(rounds(60, 1_000), () => {
      const asked = new Asked(records, { sex: ['F', 'M'] });
      const answers = Array.from({ length: rounds(10, 1_000) }, () => asked.count({ sex: 'F' })!);
      return Math.round(answers.reduce((sum, answer) => sum + answer, 0) / answers.length) === 100;
    });
    // Fresh noise of a variance of 10 is gone after a thousand answers: 0.32 · 0.1 is less than a half.
    const fresh = rate(100, () => {
      let sum = 0;
      for (let ask = 0; ask < 1_000; ask++) sum += 100 + countNoise(random());
      return Math.round(sum / 1_000) === 100;
    });
    expect(fresh).toBe(1);
    expect(exact).toBeLessThan(0.3);
  });

  it('finds the exact number in a quarter of cases at most, by all partitions of 2, 3 and 5 values', () => {
    const lists = { a: ['1', '2'], b: ['1', '2', '3'], c: ['1', '2', '3', '4', '5'] };
    const sets = [
      [],
      ['a'],
      ['b'],
      ['c'],
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
      ['a', 'b', 'c'],
    ] satisfies (keyof typeof lists)[][];
    const exact = rate(rounds(80, 2_000), () => {
      const records = lists.a.flatMap((a) =>
        lists.b.flatMap((b) => lists.c.flatMap((c) => persons(12 + pick(20), { a, b, c }))),
      );
      const asked = new Asked(records, lists);
      let weighted = 0;
      let weights = 0;
      for (const set of sets) {
        const { published } = asked.table(set);
        const cells = set.reduce((size, item) => size * lists[item].length, 1);
        if (published.size < cells) continue;
        weighted += [...published.values()].reduce((sum, { count }) => sum + count, 0) / cells;
        weights += 1 / cells;
      }
      return Math.round(weighted / weights) === records.length;
    });
    expect(exact).toBeLessThanOrEqual(0.25);
  });

  it('does not find a small cell by what is around it', () => {
    // The tracker: a cell that is left out is the whole without the other cells of its line, wherever all of them are given.
    const lists = { a: ['1', '2', '3'], b: ['1', '2', '3'], c: ['1', '2'] };
    let lines = 0;
    let open = 0;
    let before = 0;
    const trials = rounds(40, 1_000);
    const found = rate(trials, () => {
      const records = lists.a.flatMap((a) =>
        lists.b.flatMap((b) => lists.c.flatMap((c) => persons(pick(40), { a, b, c }))),
      );
      const asked = new Asked(records, lists);
      const { published } = asked.table(['a', 'b', 'c']);
      let isFound = false;
      let isOpen = false;
      for (const b of lists.b)
        for (const c of lists.c) {
          const cells = lists.a.map((a) => ({ a, b, c, count: asked.count({ a, b, c }) }));
          const sizeOf = (a: string) =>
            records.filter(({ values }) => values['a'] === a && values['b'] === b && values['c'] === c).length;
          // A hub that gives exact numbers of ten or more.
          isOpen ||= lists.a.filter((a) => sizeOf(a) < 10).length === 1;
          const missing = cells.filter(({ count }) => count === undefined);
          if (missing.length === 0) continue;
          lines++;
          if (missing.length === 1) open++;
          const whole = asked.count({ b, c });
          if (missing.length !== 1 || whole === undefined) continue;
          const rest = cells.reduce((sum, { count }) => sum + (count ?? 0), 0);
          isFound ||= whole - rest === sizeOf(missing[0]!.a);
        }
      if (isOpen) before++;
      return isFound && published.size > 0;
    });
    expect(before / trials).toBeGreaterThan(0.8);
    expect(lines).toBeGreaterThan(0);
    expect({ open, found }).toEqual({ open: 0, found: 0 });
  });
});

describe('what is published is of use', () => {
  it('has noise as its distribution says', () => {
    const draws = 100_000;
    const seen = new Map<number, number>();
    let sum = 0;
    let squares = 0;
    for (let draw = 0; draw < draws; draw++) {
      const noise = countNoise(keyedUniform(secret, 'draw', BigInt(draw), 100));
      sum += noise;
      squares += noise ** 2;
      seen.set(noise, (seen.get(noise) ?? 0) + 1);
    }
    expect(Math.abs(sum / draws)).toBeLessThan(0.05);
    expect(Math.abs(squares / draws - 10)).toBeLessThan(0.2);
    expect(Math.max(...[...seen.keys()].map(Math.abs))).toBeLessThanOrEqual(10);
    expect(COUNT_NOISE.reduce((all, probability) => all + probability, 0)).toBeCloseTo(1, 12);
    expect(countErrorWithin(0.95)).toBe(6);
    for (const [noise, times] of seen) expect(Math.abs(times / draws - COUNT_NOISE[noise + 10]!)).toBeLessThan(0.006);
    expect([sumNoise(0), sumNoise(0.5), sumNoise(1 - 2 ** -53)].map((noise) => noise.toFixed(6))).toEqual([
      ...['-3.000000', '0.000000', '3.000000'],
    ]);
    expect(sumErrorWithin(0.95)).toBeCloseTo(1.9385, 3);
  });

  it('gives a cell of a hundred persons, its sum and its mean within the stated errors in 95 of 100 cases', () => {
    const trials = rounds(200, 5_000);
    const misses = { count: 0, sum: 0, mean: 0, total: 0 };
    for (let trial = 0; trial < trials; trial++) {
      const records = ['F', 'M'].flatMap((sex) =>
        Array.from({ length: 100 }, () => persons(1, { sex }, { income: pick(100_000) })[0]!),
      );
      const asked = new Asked(records, { sex: ['F', 'M'] }, [{ item: 'income', bound: 100_000 }]);
      const { count, measures } = asked.cell({ sex: 'F' })!;
      const { sum, mean } = measures['income']!;
      const truth = records.slice(0, 100).reduce((all, { amounts }) => all + amounts['income']!, 0);
      if (Math.abs(count - 100) > 6) misses.count++;
      if (Math.abs(sum - truth) > sumErrorWithin(0.95) * 100_000 + 5_000) misses.sum++;
      if (Math.abs(mean!.value - truth / 100) > mean!.error95) misses.mean++;
      // Two cells and their total: three noises.
      const apart = Math.abs(asked.count({})! - count - asked.count({ sex: 'M' })!);
      if (apart > 11) misses.total++;
    }
    for (const [what, times] of Object.entries(misses))
      expect([what, times / trials <= rounds(75, 50) / 1_000]).toEqual([what, true]);
  });

  it('leaves out a sum that two persons make up, and a mean of fewer than fifty', () => {
    const measures = [{ item: 'income', bound: 1_000 }];
    const of = (amounts: readonly number[]) => {
      const records = [
        ...amounts.map((income) => persons(1, { sex: 'F' }, { income })[0]!),
        ...persons(60, { sex: 'M' }, { income: 10 }),
        ...persons(60, { sex: 'X' }, { income: 10 }),
        ...persons(60, { sex: 'Y' }, { income: 10 }),
      ];
      return new Asked(records, { sex: ['F', 'M', 'X', 'Y'] }, measures).cell({ sex: 'F' })!.measures['income'];
    };
    const evenly = (count: number) => Array.from({ length: count }, () => 10);
    // 60 and 30 of 100, and ten others with one each.
    expect(of([60, 30, ...Array.from({ length: 10 }, () => 1)])).toBeUndefined();
    expect(of(evenly(49))).toMatchObject({ sum: expect.any(Number) });
    expect(of(evenly(49))!.mean).toBeUndefined();
    expect(of(evenly(50))!.mean).toBeDefined();
  });

  it('leaves out a second cell of a line in which one is too small', () => {
    const records = [
      ...persons(5, { a: '1' }),
      ...persons(30, { a: '2' }),
      ...persons(60, { a: '3' }),
      ...persons(90, { a: '4' }),
    ];
    const asked = new Asked(records, { a: ['1', '2', '3', '4'] });
    expect(['1', '2', '3', '4'].map((a) => asked.count({ a }) !== undefined)).toEqual([false, false, true, true]);
  });
});
