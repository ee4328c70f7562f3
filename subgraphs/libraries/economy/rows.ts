import { pick } from '../../../shared/sample/random.js';
import { sampleCounties, sampleDecimal, type SampleRows } from '../sample/rows.js';

/** Indicator, unit, and the range of a county's value in a quarter. */
const INDICATORS = [
  ['GDP', '亿元', 150, 700],
  ['INDUSTRIAL_OUTPUT', '亿元', 30, 200],
  ['FIXED_INVESTMENT', '亿元', 40, 180],
  ['RETAIL_SALES', '亿元', 50, 260],
  ['FISCAL_REVENUE', '亿元', 10, 70],
  ['DISPOSABLE_INCOME', '元', 9_000, 22_000],
] as const;
const PERIODS = ['2024Q1', '2024Q2', '2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3'];

/** Seven quarters of six indicators in each of the demo's counties. */
export const rows: SampleRows = {
  *EconomicIndicator() {
    let index = 0;
    for (const { code: division } of sampleCounties())
      for (const [indicator, unit, from, to] of INDICATORS)
        for (const period of PERIODS) {
          index++;
          yield {
            number: `${division}-${indicator}-${period}`,
            ...{ division, indicator, period, unit },
            value: sampleDecimal(111, index, from, to, 2),
            yearOnYear: sampleDecimal(112, index, -4, 12),
            isPreliminary: period === PERIODS.at(-1),
            contribution: sampleDecimal(113, index, -1, 3, 2),
            forecast: pick(114, index, 2) === 0 ? sampleDecimal(115, index, from, to, 2) : null,
          };
        }
  },
};
