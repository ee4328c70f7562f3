import type { SampleDivision } from '../../../shared/sample/divisions.js';
import { samplePerson, samplePhone } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import { everyPerson, sampleInstant, type SampleRows } from '../sample/rows.js';

const KINDS = ['DISPUTE', 'SAFETY', 'ENVIRONMENT', 'FACILITY', 'HELP'] as const;
const WORDS = {
  DISPUTE: '邻里因楼道堆物发生争执',
  SAFETY: '电动自行车进楼充电',
  ENVIRONMENT: '河道岸边有垃圾堆积',
  FACILITY: '小区路灯不亮',
  HELP: '独居老人需要上门服务',
} as const;
const STATES = ['OPEN', 'CLOSED', 'CLOSED', 'CLOSED', 'ESCALATED'] as const;
const GRIDS = 3;

/** Three grids in each township where residents of the demo live; one resident in ten has reported. */
export const rows: SampleRows = {
  *Grid(residents) {
    const places = new Map([...everyPerson(residents, 5)].map(({ township }) => [township.code, township]));
    for (const [at, township] of [...places.values()].entries())
      for (let grid = 0; grid < GRIDS; grid++) {
        const index = at * GRIDS + grid;
        yield {
          ...{ gridNumber: gridNumber(township, grid), name: `${township.name}第${grid + 1}网格` },
          ...{ division: township.code, households: 200 + pick(211, index, 500) },
          keeper: samplePerson(7 * index).name,
          keeperPhone: samplePhone(9_700_000 + index),
          watchList: pick(212, index, 10) === 0 ? '有重点关注对象' : null,
        };
      }
  },
  *GridEvent(residents) {
    for (const { index, idNumber, township } of everyPerson(residents, 10)) {
      const kind = oneOf(KINDS, 213, index);
      const status = STATES[(index / 10) % STATES.length]!;
      yield {
        number: `WG${township.code}${String(index).padStart(6, '0')}`,
        ...{ gridNumber: gridNumber(township, pick(214, index, GRIDS)), division: township.code, kind, status },
        reportedAt: sampleInstant(215, index, '2025-07-01', 60),
        closedAt: status === 'CLOSED' ? sampleInstant(217, index, '2025-09-01', 20) : null,
        reporterIdNumber: idNumber,
        description: WORDS[kind],
        stabilityAssessment: status === 'ESCALATED' ? '一般' : null,
      };
    }
  },
};

const gridNumber = ({ code }: SampleDivision, grid: number): string => `${code}${String(grid + 1).padStart(3, '0')}`;
