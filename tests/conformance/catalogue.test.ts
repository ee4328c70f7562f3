import { describe, expect, it } from '@jest/globals';
import { readProfile } from '../../shared/law/index.js';
import { checkEntry } from '../../subgraphs/governance/catalogue/check-entry.rule.js';
import { describesSecret, wrongDescription } from '../../subgraphs/governance/catalogue/describe.rule.js';
import type { CheckedEntry, CheckedItem } from '../../subgraphs/governance/catalogue/finding.rule.js';
import { stepsOf } from '../../subgraphs/governance/catalogue/review.rule.js';

const ITEM: CheckedItem = {
  ...{ name: '联系电话', coordinate: 'Person.phone', dataType: 'C', basic: false, shareType: 'CONDITIONAL' },
  ...{ basis: ['个人信息保护法 第十三条'], condition: '履行职责需要', reason: '涉及个人信息' },
};
const ENTRY: CheckedEntry = {
  ...{ code: '101001/000001', kind: 'DATA', name: '常住人口基础信息', abstract: '常住人口', provider: 'police' },
  ...{ creditCode: '91110000802100433B', category: '基础类', library: 'POPULATION' },
  ...{ format: 'DATABASE', method: 'INTERFACE', shareScope: '各部门', openness: 'NOT_OPEN' },
  ...{ opennessBasis: ['个人信息保护法 第十条'], updateCycle: 'DAILY', timeliness: '每日', collectionScope: '全市' },
  ...{ securityGrade: '3', duty: 'Z-1', supplement: false, served: true, items: [ITEM] },
};
const errors = (profile: string, item: Partial<CheckedItem>, entry: Partial<CheckedEntry> = {}) =>
  checkEntry({ ...ENTRY, ...entry, items: [{ ...ITEM, ...item }] }, readProfile(profile), {
    neighbours: [],
    systems: [],
  })
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ code, clauses }) => `${code} ${clauses.join(' ')}`);

describe('a share type', () => {
  it('is one of the three of Quanzhou (QZ-5.2b), Chenzhou (CZ-8b) and Yunnan (YN-14a)', () => {
    for (const [profile, clause] of [
      ['quanzhou', 'QZ-5.2b'],
      ['chenzhou', 'CZ-8b'],
      ['yunnan', 'YN-14a'],
    ] as const) {
      expect(errors(profile, { shareType: 'PARTLY' })).toContainEqual(`SHARE_TYPE_UNKNOWN ${clause}`);
      for (const shareType of ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'])
        expect(errors(profile, { shareType }).join()).not.toContain('SHARE_TYPE_UNKNOWN');
    }
  });

  it('is never missing (QZ-5.2c, CZ-8a)', () => {
    for (const profile of ['quanzhou', 'chenzhou'])
      expect(errors(profile, { shareType: null }).join()).toContain('MISSING');
  });

  it('that is not shared rests on a provision of the kinds the law accepts (QZ-5.2a, QZ-5.2e, CZ-5.1a, CZ-9.2, YN-13b, YN-14f)', () => {
    for (const [profile, clause] of [
      ['quanzhou', 'QZ-5.2e'],
      ['chenzhou', 'CZ-9.2'],
      ['yunnan', 'YN-14f'],
    ] as const) {
      expect(errors(profile, { shareType: 'NOT_SHARED', basis: [] })).toContainEqual(`BASIS_MISSING ${clause}`);
      const own = errors(profile, { shareType: 'NOT_SHARED', basis: ['行业惯例 第三条'] });
      expect(own).toContainEqual(`BASIS_NOT_ACCEPTED ${clause}`);
    }
  });

  it('that is not shared cites something in Jilin too, whose text lists no kinds for entries (JL-24a)', () => {
    expect(errors('jilin', { shareType: 'NOT_SHARED', basis: [] }).join()).toContain('BASIS_MISSING');
    expect(errors('jilin', { shareType: 'NOT_SHARED' }).join()).not.toContain('BASIS_MISSING');
  });

  it('of a basic item of a base library is unconditional (QZ-5.2d, CZ-9.1a)', () => {
    expect(errors('quanzhou', { basic: true })).toContainEqual('BASIC_ITEM_RESTRICTED QZ-5.2d');
    expect(errors('chenzhou', { basic: true })).toContainEqual('BASIC_ITEM_RESTRICTED CZ-9.1a');
    expect(errors('chenzhou', { basic: true, shareType: 'UNCONDITIONAL' }).join()).not.toContain('BASIC_ITEM');
  });
});

describe('an entry', () => {
  it('lacks none of the elements of Jilin (JL-15a) nor of the guide of Chenzhou (CZ-7a)', () => {
    expect(errors('jilin', {}, { collectionScope: null })).toContainEqual('ATTRIBUTE_MISSING JL-15a');
    expect(errors('jilin', {}, { openness: null })).toContainEqual('ATTRIBUTE_MISSING JL-15a');
    expect(errors('chenzhou', {}, { abstract: null }).join()).toContain('CZ-7a');
  });

  it('in Quanzhou has a grade and a class, each of those that there are (QZ-5.1a)', () => {
    expect(errors('quanzhou', {})).toEqual([]);
    expect(errors('quanzhou', {}, { securityGrade: null })).toEqual(['ATTRIBUTE_MISSING QZ-5.1a']);
    expect(errors('quanzhou', {}, { category: null })).toEqual(['ATTRIBUTE_MISSING QZ-5.1a']);
    expect(errors('quanzhou', {}, { category: '特别类' })).not.toEqual([]);
    expect(wrongDescription({ securityGrade: '9' })).not.toEqual([]);
  });

  it('is reviewed by the authority before it is published, in each law that says so (JL-15e, YN-9e)', () => {
    for (const profile of ['jilin', 'yunnan'])
      expect(stepsOf(readProfile(profile)).at(-1)!.roles).toContain('authority');
  });

  it('of a state secret is never kept (QZ-8.3b, YN-2a)', () => {
    for (const securityGrade of ['绝密', '机密', '秘密']) expect(describesSecret({ securityGrade })).toBe(true);
  });
});
