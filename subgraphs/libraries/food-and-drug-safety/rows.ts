import { oneOf, pick } from '../../../shared/sample/random.js';
import { everyEnterprise, sampleDay, sampleDecimal, sampleNumber, type SampleRows } from '../sample/rows.js';

const PRODUCTS = {
  FOOD: ['鲜猪肉', '大米', '食用植物油', '糕点', '豆腐', '桶装水'],
  DRUG: ['板蓝根颗粒', '阿莫西林胶囊', '当归饮片'],
  COSMETIC: ['面霜', '染发剂'],
  DEVICE: ['医用口罩', '血压计'],
} as const;
const CATEGORIES = ['FOOD', 'FOOD', 'FOOD', 'DRUG', 'COSMETIC', 'DEVICE'] as const;

/** A sample of every second enterprise; one in twelve is not as it must be. */
export const rows: SampleRows = {
  *SamplingInspection(residents) {
    for (const { index, creditCode, township } of everyEnterprise(residents, 2)) {
      const category = CATEGORIES[(index / 2) % CATEGORIES.length]!;
      const lot = (index / 2) % 12;
      const result = lot === 0 ? 'UNQUALIFIED' : lot === 1 ? 'PENDING' : 'QUALIFIED';
      yield {
        number: sampleNumber('CY', township.code, index),
        ...{ creditCode, division: township.code, category, result },
        product: oneOf(PRODUCTS[category], 162, index),
        sampledOn: sampleDay(163, index, '2025-01-06', 260),
        recalled: result === 'UNQUALIFIED' && pick(164, index, 2) === 0,
        laboratoryValue: result === 'UNQUALIFIED' ? `${sampleDecimal(165, index, 0.2, 3, 2)} mg/kg` : null,
        formula: '企业备案配方',
        complainant: pick(166, index, 15) === 0 ? '张某' : null,
      };
    }
  },
};
