import { pick } from '../../../shared/sample/random.js';
import { addDays, sampleCounties, sampleDecimal, type SampleRows } from '../sample/rows.js';

const COMMODITIES = [
  ['RICE', '元/500克', 2.2, 3.4],
  ['PORK', '元/500克', 12, 19],
  ['EGGS', '元/500克', 4, 6.5],
  ['VEGETABLES', '元/500克', 1.8, 5],
  ['PETROL_92', '元/升', 6.9, 7.8],
  ['NATURAL_GAS', '元/立方米', 2.8, 3.6],
] as const;
const WEEKS = 8;
const FIRST = '2025-08-06';

/** Eight weeks of six commodities in each of the demo's counties. */
export const rows: SampleRows = {
  *MonitoredPrice() {
    let index = 0;
    for (const { code: division } of sampleCounties())
      for (const [commodity, unit, from, to] of COMMODITIES)
        for (let week = 0; week < WEEKS; week++) {
          index++;
          const weekOnWeek = sampleDecimal(181, index, -6, 8);
          const observedOn = addDays(FIRST, week * 7);
          yield {
            number: `JG${division}-${commodity}-${observedOn}`,
            ...{ division, commodity, observedOn, unit, weekOnWeek },
            price: sampleDecimal(182, index, from, to, 2),
            alert: Number(weekOnWeek) > 7 ? 'WARNING' : Number(weekOnWeek) > 5 ? 'WATCH' : 'NONE',
            monitoringPoint: `第${1 + pick(183, index, 9)}农贸市场`,
            productionCost: sampleDecimal(184, index, from * 0.6, from * 0.9, 2),
          };
        }
  },
};
