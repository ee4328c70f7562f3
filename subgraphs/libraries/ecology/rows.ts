import { oneOf, pick } from '../../../shared/sample/random.js';
import { addDays, everyEnterprise, sampleCounties, sampleDay, sampleDecimal, type SampleRows } from '../sample/rows.js';

const CATEGORIES = ['KEY', 'SIMPLIFIED', 'REGISTERED'] as const;
const MEDIA = ['WATER', 'AIR', 'SOLID_WASTE'] as const;
const DAYS = 30;
const FIRST = '2025-09-01';

/** Every third enterprise has a permit; thirty days of air in each of the demo's counties. */
export const rows: SampleRows = {
  *PollutionSource(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 3)) {
      const management = CATEGORIES[(index / 3) % CATEGORIES.length]!;
      yield {
        permitNumber: `${creditCode}001V`,
        ...{ creditCode, division: township.code, management, medium: oneOf(MEDIA, 221, index) },
        validUntil: sampleDay(222, index, '2026-01-01', 1_500),
        exceededTimes: management === 'REGISTERED' ? 0 : pick(223, index, 5),
        discharge: sampleDecimal(224, index, 0.5, 800, 2),
        process: '企业申报的生产工艺',
      };
    }
  },
  *AirQuality() {
    let index = 0;
    for (const { code: division } of sampleCounties())
      for (let at = 0; at < DAYS; at++) {
        index++;
        const reading = 25 + pick(225, index, 140);
        const day = addDays(FIRST, at);
        yield {
          ...{ number: `KQ${division}-${day}`, division, day, index: reading, level: levelOf(reading) },
          fineParticles: Math.ceil(reading * 0.6),
          stationReading: sampleDecimal(226, index, 10, 99, 3),
        };
      }
  },
};

/** @source HJ 633-2012 */
const levelOf = (index: number): string =>
  index <= 50 ? 'EXCELLENT' : index <= 100 ? 'GOOD' : index <= 150 ? 'LIGHT' : 'MODERATE';
