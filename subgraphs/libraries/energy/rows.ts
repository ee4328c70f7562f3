import { pick } from '../../../shared/sample/random.js';
import { everyEnterprise, sampleDecimal, sampleNumber, type SampleRows } from '../sample/rows.js';

const ASSESSMENTS = ['MET', 'MET', 'EXCEEDED', 'MISSED'] as const;
const YEARS = [2023, 2024];

/** Two years of every fourth enterprise. */
export const rows: SampleRows = {
  *EnergyUse(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 4))
      for (const [at, year] of YEARS.entries()) {
        const serial = index * YEARS.length + at;
        yield {
          number: sampleNumber('NY', township.code, serial),
          ...{ creditCode, division: township.code, year },
          assessment: ASSESSMENTS[(index / 2 + at) % ASSESSMENTS.length],
          usesGreenPower: pick(192, serial, 3) === 0,
          coalEquivalent: 3_000 + pick(193, serial, 40_000),
          electricity: sampleDecimal(194, serial, 300, 9_000, 2),
          supplyContract: sampleDecimal(195, serial, 0.4, 0.7, 4),
        };
      }
  },
};
