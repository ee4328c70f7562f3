import { samplePhone } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import { addDays, everyEnterprise, sampleDay, sampleNumber, type SampleRows } from '../sample/rows.js';

const RISKS = ['RED', 'ORANGE', 'YELLOW', 'YELLOW', 'BLUE', 'BLUE', 'BLUE'] as const;

/** An inspection of every second enterprise. */
export const rows: SampleRows = {
  *SafetyInspection(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 2)) {
      const risk = RISKS[(index / 2) % RISKS.length]!;
      const hazards = risk === 'BLUE' ? pick(171, index, 2) : 1 + pick(171, index, 12);
      const inspectedOn = sampleDay(172, index, '2025-01-06', 260);
      const rectified = hazards === 0 || pick(173, index, 3) > 0;
      yield {
        number: sampleNumber('AJ', township.code, index),
        ...{ creditCode, division: township.code, inspectedOn, risk, hazards, rectified },
        rectifyBy: hazards === 0 ? null : addDays(inspectedOn, 15 + pick(174, index, 45)),
        majorHazard: risk === 'RED' ? oneOf(['液氨储罐', '危化品仓库', '粉尘涉爆车间'], 175, index) : null,
        officerPhone: samplePhone(9_500_000 + index),
        informant: pick(176, index, 20) === 0 ? '李某' : null,
      };
    }
  },
};
