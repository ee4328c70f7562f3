import { samplePhone } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import { everyEnterprise, sampleDay, sampleDecimal, sampleNumber, type SampleRows } from '../sample/rows.js';

const STAGES = ['PERMITTED', 'UNDER_CONSTRUCTION', 'UNDER_CONSTRUCTION', 'ACCEPTANCE', 'COMPLETED'] as const;
const WORKS = ['厂房新建工程', '办公楼工程', '安置房工程', '道路改造工程', '污水管网工程'];

/** A project of every fourth enterprise. */
export const rows: SampleRows = {
  *ConstructionProject(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 4)) {
      const stage = STAGES[(index / 4 + 1) % STAGES.length]!;
      yield {
        projectNumber: sampleNumber('GC', township.code, index),
        name: `${township.name}${oneOf(WORKS, 201, index)}`,
        ...{ division: township.code, builder: creditCode, stage },
        permitNumber: `${township.code.slice(0, 6)}2024${String(index).padStart(6, '0')}`,
        floorArea: 1_000 + pick(202, index, 90_000),
        startedOn: stage === 'PERMITTED' ? null : sampleDay(203, index, '2023-06-01', 500),
        completedOn: stage === 'COMPLETED' ? sampleDay(204, index, '2025-01-06', 260) : null,
        contractSum: sampleDecimal(205, index, 300, 60_000, 2),
        siteManagerPhone: samplePhone(9_600_000 + index),
        drawings: '结构安全复核意见',
      };
    }
  },
};
