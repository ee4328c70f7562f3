import { samplePhone } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import { powersOf } from '../sample/power-items.js';
import { addDays, everyEnterprise, everyPerson, sampleDay, sampleNumber, type SampleRows } from '../sample/rows.js';

const STATES = ['ACCEPTED', 'IN_REVIEW', 'GRANTED', 'GRANTED', 'GRANTED', 'DECLINED'] as const;
const CHANNELS = ['ONLINE', 'ONLINE', 'WINDOW', 'TERMINAL'] as const;
const NOTE = '经审查，材料与登记信息一致';

/** A case of every enterprise, and of one resident in eight. */
export const rows: SampleRows = {
  *EnterpriseCase(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 1)) {
      const power = oneOf(powersOf('ENTERPRISE'), 131, index);
      const acceptedOn = sampleDay(132, index, '2025-01-06', 260);
      const status = oneOf(STATES, 133, index);
      yield {
        number: sampleNumber('QB', township.code, index),
        ...{ powerCode: power.code, creditCode, division: township.code, status, acceptedOn },
        channel: oneOf(CHANNELS, 134, index),
        dueOn: addDays(acceptedOn, power.statutoryDays * 2),
        decidedOn: isDecided(status) ? addDays(acceptedOn, pick(135, index, power.statutoryDays + 1)) : null,
        satisfaction: isDecided(status) ? 3 + pick(136, index, 3) : null,
        agentPhone: samplePhone(9_300_000 + index),
        reviewNote: isDecided(status) ? NOTE : null,
      };
    }
  },
  *PersonCase(residents) {
    for (const { index, idNumber, township } of everyPerson(residents, 8)) {
      const power = oneOf(powersOf('PERSON'), 137, index);
      const acceptedOn = sampleDay(138, index, '2025-01-06', 260);
      const status = oneOf(STATES, 139, index);
      yield {
        number: sampleNumber('GB', township.code, index),
        ...{ powerCode: power.code, division: township.code, status, acceptedOn, idNumber },
        decidedOn: isDecided(status) ? addDays(acceptedOn, pick(140, index, power.statutoryDays + 1)) : null,
        reviewNote: isDecided(status) ? NOTE : null,
      };
    }
  },
};

const isDecided = (status: (typeof STATES)[number]): boolean => status === 'GRANTED' || status === 'DECLINED';
