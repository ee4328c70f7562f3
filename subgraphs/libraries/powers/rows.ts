import { samplePhone } from '../../../shared/sample/person.js';
import { pick } from '../../../shared/sample/random.js';
import { POWERS } from '../sample/power-items.js';
import type { SampleRows } from '../sample/rows.js';

const LEVELS = ['CITY', 'COUNTY'] as const;

/** The demo's list of powers. */
export const rows: SampleRows = {
  *PowerItem() {
    for (const [index, { code, name, kind, authority, legalBasis, statutoryDays }] of POWERS.entries())
      yield {
        ...{ code, name, kind, authority, legalBasis },
        level: LEVELS[index % LEVELS.length],
        statutoryDays: statutoryDays || null,
        promisedDays: statutoryDays === 0 ? null : Math.ceil(statutoryDays / (2 + pick(121, index, 4))),
        onlineThroughout: kind !== 'INSPECTION' && pick(122, index, 4) > 0,
        clerkPhone: samplePhone(9_200_000 + index),
        internalRule: '材料齐全的当场受理；疑难事项集体研究',
      };
  },
};
