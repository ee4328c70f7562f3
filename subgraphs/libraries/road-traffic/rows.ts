import { samplePerson } from '../../../shared/sample/person.js';
import { pick } from '../../../shared/sample/random.js';
import { everyEnterprise, sampleDay, sampleNumber, type SampleRows } from '../sample/rows.js';

const USES = ['FREIGHT', 'DANGEROUS_GOODS', 'COACH', 'CHARTER', 'TAXI'] as const;
const EACH = 2;

/** Two vehicles of every third enterprise, each driven by a resident of the demo. */
export const rows: SampleRows = {
  *TransportVehicle(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 3))
      for (let at = 0; at < EACH; at++) {
        const serial = index * EACH + at;
        yield {
          certificateNumber: sampleNumber('YS', township.code, serial),
          plate: `浙A${String(10_000 + serial).padStart(6, 'D')}`,
          ...{ operator: creditCode, division: township.code, use: USES[(index / 3 + at) % USES.length] },
          inspectedUntil: sampleDay(241, serial, '2025-06-01', 500),
          inService: pick(242, serial, 8) > 0,
          driverIdNumber: samplePerson(pick(243, serial, residents)).idNumber,
          overspeedTimes: pick(244, serial, 6),
          track: '120.1,30.2;120.2,30.2',
        };
      }
  },
};
