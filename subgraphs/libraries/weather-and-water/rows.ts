import { oneOf, pick } from '../../../shared/sample/random.js';
import { sampleCounties, sampleDecimal, sampleInstant, type SampleRows } from '../sample/rows.js';

const HAZARDS = ['RAINSTORM', 'TYPHOON', 'HEAT', 'COLD_WAVE', 'FOG'] as const;
const COLOURS = ['BLUE', 'YELLOW', 'YELLOW', 'ORANGE', 'RED'] as const;
const WARNINGS = 6;
const READINGS = 24;

/** Six warnings and a day of hourly readings in each of the demo's counties. */
export const rows: SampleRows = {
  *WeatherWarning() {
    for (const [at, { code: division }] of sampleCounties().entries())
      for (let warning = 0; warning < WARNINGS; warning++) {
        const index = at * WARNINGS + warning;
        yield {
          ...{ number: `YJ${division}${warning + 1}`, division },
          ...{ hazard: HAZARDS[index % HAZARDS.length], colour: oneOf(COLOURS, 251, index) },
          issuedAt: sampleInstant(252, index, '2025-06-01', 60),
          liftedAt: pick(254, index, 5) === 0 ? null : sampleInstant(255, index, '2025-08-01', 30),
          impactForecast: '低洼路段可能积水',
        };
      }
  },
  *WaterReading() {
    for (const [at, { code: division, name }] of sampleCounties().entries())
      for (let hour = 0; hour < READINGS; hour++) {
        const index = at * READINGS + hour;
        const level = sampleDecimal(257, index, 3, 9, 2);
        yield {
          number: `SQ${division}${String(hour).padStart(2, '0')}`,
          ...{ station: `${name}水文站`, division, level, aboveWarning: Number(level) > WARNING_LEVEL },
          readAt: `2025-09-20T${String(hour).padStart(2, '0')}:00:00+08:00`,
          rainfall: sampleDecimal(258, index, 0, 120),
          flow: sampleDecimal(259, index, 40, 900),
          stationPosition: '120.15382,30.28745',
        };
      }
  },
};

/** Metres; a made-up level for all stations. */
const WARNING_LEVEL = 8;
