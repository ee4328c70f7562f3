import { defineEnum } from '../../../../shared/subgraph/index.js';
import type { Level } from './level.rule.js';

export const Levels = defineEnum<Level>('AdministrativeLevel', '行政层级', {
  PROVINCE: '省级',
  CITY: '市级',
  COUNTY: '县级',
  TOWNSHIP: '乡级',
});
