import { oneOf, pick } from '../../../shared/sample/random.js';
import { everyPerson, sampleDay, sampleNumber, type SampleRows } from '../sample/rows.js';

const KINDS = ['EXTREME_POVERTY', 'TEMPORARY', 'TEMPORARY', 'MEDICAL', 'EDUCATION'] as const;
const STATES = ['IN_FORCE', 'IN_FORCE', 'IN_FORCE', 'SUSPENDED', 'ENDED'] as const;

/** One resident in twelve is or was assisted. */
export const rows: SampleRows = {
  *AssistanceCase(residents) {
    for (const { index, idNumber, township } of everyPerson(residents, 12))
      yield {
        number: sampleNumber('JZ', township.code, index),
        kind: oneOf(KINDS, 151, index),
        status: oneOf(STATES, 152, index),
        ...{ division: township.code, since: sampleDay(153, index, '2022-01-01', 1_300), idNumber },
        monthlyAmount: 300 + pick(154, index, 24) * 50,
        familyAssets: pick(155, index, 120) * 1_000,
      };
  },
};
