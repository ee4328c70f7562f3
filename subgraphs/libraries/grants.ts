import type { Coordinate, Mask } from '../../shared/kernel/index.js';

/** Grants of the demo for restricted items of the libraries, to departments and scenarios of the demo's. */
export const LIBRARY_GRANTS: readonly {
  readonly id: string;
  readonly department: string;
  readonly scenario: string;
  readonly coordinates: readonly Coordinate[];
  readonly rows?: readonly string[];
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  readonly approver: string;
  readonly basis: readonly string[];
}[] = [
  {
    id: 'D-0101',
    department: 'tax',
    scenario: 'tax-credit-review',
    coordinates: ['CreditProfile.score', 'CreditProfile.contactPhone'],
    rows: ['3301'],
    masks: { 'CreditProfile.contactPhone': 'PHONE' },
    approver: 'fan.jie',
    basis: ['优化营商环境条例 第五十三条'],
  },
  {
    id: 'D-0102',
    department: 'housing',
    scenario: 'public-rental-review',
    coordinates: ['Resident.assistanceCases', 'AssistanceCase.monthlyAmount'],
    approver: 'chen.jing',
    basis: ['公共租赁住房管理办法 第七条'],
  },
];
