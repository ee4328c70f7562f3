import { describe, expect, it } from '@jest/globals';
import { visibleUse, type ItemUse } from '../../shared/evidence/visible-use.js';
import { record } from './support/record.js';

const USE = record('r1', {
  ...{ department: 'housing', system: 'housing-app', person: 'li.na', scenario: 'public-rental-review' },
  purpose: '公租房资格审核',
  approvals: [{ grant: 'D-0001', approver: 'zhao.lei', basis: ['公共租赁住房管理办法 第七条'] }],
  subjects: ['a-subject-hash'],
  subjectCount: 3,
  rows: { Resident: 3, PensionInsurance: 2 },
});
const ITEMS: readonly ItemUse[] = [
  { coordinate: 'Resident.phone', part: 'released', provider: 'public-security', resource: '101001/000001' },
  { coordinate: 'PensionInsurance.status', part: 'released', provider: 'human-resources', resource: '201001/000001' },
  { coordinate: 'Resident.annualIncome', part: 'denied', code: 'NOT_SHARED', provider: 'public-security' },
  { coordinate: 'Resident.idNumber', part: 'internal', provider: 'public-security' },
  { coordinate: 'MedicalInsurance.status', part: 'denied', code: 'GRANT_REQUIRED', provider: 'medical-security' },
  { coordinate: 'Query.unknown', part: 'released', provider: '' },
];

describe('what is visible of a use', () => {
  it('is nothing to a department that provides none of its items', () => {
    expect(visibleUse(7, USE, ITEMS, 'tax')).toBeUndefined();
    expect(visibleUse(7, USE, ITEMS, '')).toBeUndefined();
    expect(visibleUse(7, USE, ITEMS, 'housing')).toBeUndefined();
  });

  it('is never another provider’s item, nor a subject', () => {
    const view = JSON.stringify(visibleUse(7, USE, ITEMS, 'human-resources'));
    expect(view).not.toMatch(/Resident|Medical|Query|subject-hash/);
  });

  it('is to a provider that gave nothing no count of persons or rows', () => {
    const view = visibleUse(7, USE, ITEMS, 'medical-security');
    expect(view).toMatchObject({ subjectCount: 0, rows: {}, released: [] });
    expect(view?.denied).toEqual([{ coordinate: 'MedicalInsurance.status', code: 'GRANT_REQUIRED' }]);
  });

  it('is to a provider who used what of its own, for which purpose, and who approved', () => {
    expect(visibleUse(7, USE, ITEMS, 'public-security')).toEqual({
      ...{ position: 7, time: USE.time, requestId: 'r1', mode: 'QUERY', medium: 'ONLINE', outcome: 'partial' },
      ...{ department: 'housing', system: 'housing-app', person: 'li.na', scenario: 'public-rental-review' },
      purpose: '公租房资格审核',
      ...{
        masked: [],
        absent: [],
        unavailable: [],
        filtered: [],
        compared: [],
        aggregated: [],
        sent: [],
        masks: [],
        scopes: [],
        consents: [],
      },
      approvals: USE.approvals,
      released: [{ coordinate: 'Resident.phone', resource: '101001/000001' }],
      denied: [{ coordinate: 'Resident.annualIncome', code: 'NOT_SHARED' }],
      internal: [{ coordinate: 'Resident.idNumber' }],
      rows: { Resident: 3 },
      subjectCount: 3,
    });
  });

  it('is the whole of it to who may see all, each item once', () => {
    const twice = [...ITEMS, { ...ITEMS[0]!, provider: 'another' }];
    const view = visibleUse(7, USE, twice);
    expect(view).toMatchObject({ rows: USE.rows, subjectCount: 3 });
    expect(view?.released.map(({ coordinate }) => coordinate)).toEqual([
      'PensionInsurance.status',
      'Query.unknown',
      'Resident.phone',
    ]);
    expect(view).not.toHaveProperty('subjects');
  });

  it('names to a provider the consents that it gave, and no count of uses that may be of others’ items', () => {
    const rests = {
      ...USE,
      approvals: USE.approvals.map((approval) => ({ ...approval, uses: 40 })),
      consents: [
        { consent: 'C-1', owner: 'public-security', item: 'Resident.annualIncome', decidedBy: ['a', 'b'] },
        { consent: 'C-2', owner: 'human-resources', item: 'PensionInsurance.months', decidedBy: ['c', 'd'] },
        { consent: 'C-0', decidedBy: ['x', 'y'] },
      ],
    };
    const seen = visibleUse(7, rests, ITEMS, 'public-security');
    expect(seen).toMatchObject({ consents: [rests.consents[0]], approvals: USE.approvals });
    expect(JSON.stringify(seen)).not.toMatch(/C-2|C-0|uses/);
    expect(visibleUse(7, rests, ITEMS)).toMatchObject({ consents: rests.consents, approvals: [{ uses: 40 }] });
  });

  it('reads the same whatever order its items are in', () => {
    const [one, other] = [ITEMS, ITEMS.toReversed()].map((items) => visibleUse(7, USE, items, 'public-security'));
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });
});
