import { samplePhone } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import { sampleCounties, sampleDay, sampleInstant, type SampleRows } from '../sample/rows.js';

const MATERIALS = ['TENT', 'QUILT', 'GENERATOR', 'PUMP', 'BOAT'] as const;
const KINDS = ['NATURAL_DISASTER', 'ACCIDENT', 'PUBLIC_HEALTH'] as const;
const GRADES = ['GENERAL', 'GENERAL', 'LARGER', 'MAJOR'] as const;
const EVENTS = 4;

/** Five materials and four events in each of the demo's counties. */
export const rows: SampleRows = {
  *EmergencyStock() {
    for (const [at, { code: division, name }] of sampleCounties().entries())
      for (const [kind, material] of MATERIALS.entries()) {
        const index = at * MATERIALS.length + kind;
        yield {
          ...{ number: `WZ${division}${kind + 1}`, division, material, quantity: 10 + pick(231, index, 2_000) },
          checkedOn: sampleDay(232, index, '2025-08-01', 60),
          warehouse: `${name}储备路${1 + pick(233, index, 90)}号`,
          keeperPhone: samplePhone(9_800_000 + index),
          strategicReserve: pick(234, index, 5_000),
        };
      }
  },
  *EmergencyEvent() {
    for (const [at, { code: division }] of sampleCounties().entries())
      for (let event = 0; event < EVENTS; event++) {
        const index = at * EVENTS + event;
        const kind = KINDS[index % KINDS.length]!;
        yield {
          ...{ number: `TF${division}${event + 1}`, division, kind, grade: oneOf(GRADES, 235, index) },
          occurredAt: sampleInstant(236, index, '2025-06-01', 110),
          responding: event === EVENTS - 1,
          evacuated: kind === 'NATURAL_DISASTER' ? 20 + pick(238, index, 800) : 0,
          casualties: pick(239, index, 3),
        };
      }
  },
};
