import type { Coordinate, GrantMode, Mask } from '../../../shared/kernel/index.js';

export interface SampleGrant {
  readonly id: string;
  readonly department: string;
  readonly scenario: string;
  readonly mode?: GrantMode;
  readonly coordinates: readonly Coordinate[];
  readonly from?: string;
  readonly until?: string;
  /** Reason of its suspension; in force where absent. */
  readonly suspension?: string;
  readonly rows?: readonly string[];
  readonly quotaPerDay?: number;
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  readonly coordination?: string;
  readonly approver: string;
  readonly basis: readonly string[];
}

/** One grant of every kind the gateway tells apart. */
export const GRANTS: readonly SampleGrant[] = [
  {
    id: 'D-0001',
    department: 'housing',
    scenario: 'public-rental-review',
    coordinates: [
      ...(['Resident.phone', 'Resident.registeredAddress', 'Resident.householdRole', 'Resident.household'] as const),
      ...(['Household.head', 'Household.members', 'Household.address', 'Resident.enterprises'] as const),
      ...(['Resident.certificates', 'Resident.pensionInsurance', 'PensionInsurance.insuredSince'] as const),
      ...(['PensionInsurance.monthsPaid', 'PensionInsurance.employer', 'Resident.livingAllowanceEligible'] as const),
    ],
    approver: 'zhao.lei',
    basis: ['公共租赁住房管理办法 第七条'],
  },
  {
    id: 'D-0002',
    department: 'housing',
    scenario: 'talent-housing',
    coordinates: ['Resident.phone'],
    from: '2025-01-01T00:00:00+08:00',
    until: '2026-01-01T00:00:00+08:00',
    approver: 'zhao.lei',
    basis: ['人才住房配租办法'],
  },
  {
    id: 'D-0003',
    department: 'tax',
    scenario: 'arrears-recovery',
    coordinates: ['Resident.phone', 'Resident.registeredAddress'],
    suspension: '超范围使用，整改期间暂停',
    approver: 'zhao.lei',
    basis: ['税收征收管理法 第六条'],
  },
  {
    id: 'D-0004',
    department: 'tax',
    scenario: 'tax-credit-review',
    coordinates: ['Resident.phone'],
    rows: ['330106002'],
    approver: 'zhao.lei',
    basis: ['税收征收管理法 第六条'],
  },
  {
    id: 'D-0005',
    department: 'civil-affairs',
    scenario: 'living-allowance-review',
    coordinates: ['Resident.annualIncome', 'Resident.phone', 'Resident.household', 'Household.members'],
    coordination: '数协〔2026〕3号',
    approver: 'wang.min',
    basis: ['社会救助暂行办法 第五十八条'],
  },
  {
    id: 'D-0006',
    department: 'market-supervision',
    scenario: 'licence-renewal',
    coordinates: ['Resident.phone'],
    masks: { 'Resident.phone': 'PHONE' },
    approver: 'zhao.lei',
    basis: ['市场主体登记管理条例 第八条'],
  },
  {
    id: 'D-0007',
    department: 'human-resources',
    scenario: 'pension-check',
    coordinates: ['Resident.phone'],
    quotaPerDay: 3,
    approver: 'zhao.lei',
    basis: ['社会保险法 第七十四条'],
  },
  {
    id: 'D-0008',
    department: 'housing',
    scenario: 'public-rental-review',
    mode: 'STATISTICS',
    coordinates: ['Resident.annualIncome'],
    approver: 'zhao.lei',
    basis: ['公共租赁住房管理办法 第七条'],
  },
  {
    id: 'D-0009',
    department: 'housing',
    scenario: 'public-rental-review',
    mode: 'VERIFY',
    coordinates: ['Resident.annualIncome', 'Resident.phone'],
    coordination: '数协〔2026〕4号',
    approver: 'wang.min',
    basis: ['公共租赁住房管理办法 第七条'],
  },
];
