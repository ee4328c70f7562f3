import { samplePhone } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import { addDays, everyEnterprise, sampleDay, sampleDecimal, sampleNumber, type SampleRows } from '../sample/rows.js';

const KINDS = ['PENALTY', 'REWARD', 'BROKEN_COMMITMENT'] as const;
const DECIDERS = ['市场监督管理局', '生态环境局', '税务局', '应急管理局'];

/** Every enterprise has a profile; one in three a record of its conduct. */
export const rows: SampleRows = {
  *CreditProfile(residents) {
    for (const { index, creditCode, name, township } of everyEnterprise(residents, 1)) {
      const score = 450 + pick(101, index, 500);
      yield {
        ...{ creditCode, name, division: township.code, score, grade: gradeOf(score) },
        seriouslyDishonest: score < 470,
        evaluatedOn: sampleDay(102, index, '2025-09-01', 30),
        contactPhone: samplePhone(9_100_000 + index),
        objection: pick(103, index, 40) === 0 ? '对处罚公示期限有异议，核查中' : null,
      };
    }
  },
  *CreditEvent(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 3)) {
      const kind = oneOf(KINDS, 104, index);
      const decidedOn = sampleDay(105, index, '2023-01-01', 900);
      yield {
        number: sampleNumber('XY', township.code, index),
        ...{ creditCode, division: township.code, kind, decidedOn, decidedBy: oneOf(DECIDERS, 106, index) },
        publicUntil: kind === 'REWARD' ? null : addDays(decidedOn, 3 * 365),
        amount: kind === 'PENALTY' ? sampleDecimal(107, index, 500, 200_000, 2) : null,
        reporter: kind === 'PENALTY' && pick(108, index, 3) === 0 ? '匿名举报人' : null,
      };
    }
  },
};

const gradeOf = (score: number): string => (score >= 800 ? 'A' : score >= 650 ? 'B' : score >= 500 ? 'C' : 'D');
