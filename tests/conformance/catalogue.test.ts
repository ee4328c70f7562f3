import { describe, expect, it } from '@jest/globals';
import { readProfile } from '../../shared/law/index.js';
import { checkEntry } from '../../subgraphs/governance/catalogue/checks/check-entry.rule.js';
import { isStateSecret, validateDescription } from '../../subgraphs/governance/catalogue/entry/description.rule.js';
import type { CheckedEntry, CheckedItem } from '../../subgraphs/governance/catalogue/checks/checked-entry.type.js';
import { readReviewSteps } from '../../subgraphs/governance/catalogue/review/entry-review.rule.js';
import { shows, showsPartOf } from './shows.js';

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
    shows('QZ-5.2b', 'CZ-8b', 'YN-14a');
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
    shows('QZ-5.2c', 'CZ-8a');
    for (const profile of ['quanzhou', 'chenzhou'])
      expect(errors(profile, { shareType: null }).join()).toContain('MISSING');
  });

  it('that is not shared citesAcceptedKind on a provision of the kinds the law accepts (QZ-5.2a, QZ-5.2e, CZ-5.1a, CZ-9.2, YN-13b, YN-14f)', () => {
    shows('QZ-5.2a', 'QZ-5.2e', 'CZ-5.1a', 'CZ-9.2', 'YN-14f');
    showsPartOf('YN-13b');
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
    shows('JL-24a');
    expect(errors('jilin', { shareType: 'NOT_SHARED', basis: [] }).join()).toContain('BASIS_MISSING');
    expect(errors('jilin', { shareType: 'NOT_SHARED' }).join()).not.toContain('BASIS_MISSING');
  });

  it('of a basic item of a base library is unconditional (QZ-5.2d, CZ-9.1a)', () => {
    shows('QZ-5.2d', 'CZ-9.1a');
    for (const [profile, clause, ...last] of [
      ['quanzhou', 'QZ-5.2d', 'CREDIT'],
      ['chenzhou', 'CZ-9.1a', 'ECONOMY'],
    ] as const)
      for (const library of ['POPULATION', 'LEGAL_ENTITY', 'GEOGRAPHY', 'LICENCE', ...last]) {
        expect(errors(profile, { basic: true }, { library })).toContainEqual(`BASIC_ITEM_RESTRICTED ${clause}`);
        const open = errors(profile, { basic: true, shareType: 'UNCONDITIONAL' }, { library });
        expect(open.join()).not.toContain('BASIC_ITEM');
      }
  });
});

describe('an entry', () => {
  it('lacks none of the elements of Jilin (JL-15a)', () => {
    shows('JL-15a');
    expect(errors('jilin', {})).toEqual([]);
    expect(errors('jilin', { shareType: null })).toContainEqual('ATTRIBUTE_MISSING JL-15a');
    for (const element of [{ collectionScope: null }, { provider: '' }, { openness: null }])
      expect(errors('jilin', {}, element)).toContainEqual('ATTRIBUTE_MISSING JL-15a');
  });

  it('lacks none of the elements of the guide in Chenzhou, and has a code as the guide forms it (CZ-7a)', () => {
    shows('CZ-7a');
    expect(errors('chenzhou', {})).toEqual([]);
    for (const item of [{ dataType: null }, { shareType: null }, { condition: null }])
      expect(errors('chenzhou', item)).toContainEqual('ATTRIBUTE_MISSING CZ-7a');
    for (const entry of [
      ...[{ name: '' }, { abstract: null }, { provider: '' }, { creditCode: null }, { format: null }],
      ...[{ method: null }, { openness: null }, { updateCycle: null }],
    ])
      expect(errors('chenzhou', {}, entry)).toContainEqual('ATTRIBUTE_MISSING CZ-7a');
    expect(errors('chenzhou', {}, { code: '101001-1' })).toContainEqual('CODE_MALFORMED CZ-7a');
  });

  it('in Quanzhou has a grade and a class, each of those that there are (QZ-5.1a)', () => {
    shows('QZ-5.1a');
    expect(errors('quanzhou', {})).toEqual([]);
    expect(errors('quanzhou', {}, { securityGrade: null })).toEqual(['ATTRIBUTE_MISSING QZ-5.1a']);
    expect(errors('quanzhou', {}, { category: null })).toEqual(['ATTRIBUTE_MISSING QZ-5.1a']);
    expect(errors('quanzhou', {}, { category: '特别类' })).not.toEqual([]);
    expect(validateDescription({ securityGrade: '9' })).not.toEqual([]);
  });

  it('is reviewed by the authority before it is published, in each law that says so (JL-15e, YN-9e)', () => {
    shows('JL-15e', 'YN-9e');
    for (const profile of ['jilin', 'yunnan'])
      expect(readReviewSteps(readProfile(profile)).at(-1)!.roles).toContain('authority');
  });

  it('of a state secret is never kept (QZ-8.3b, YN-2a)', () => {
    showsPartOf('QZ-8.3b', 'YN-2a');
    for (const securityGrade of ['绝密', '机密', '秘密']) {
      expect(isStateSecret({ securityGrade })).toBe(true);
      expect(errors('quanzhou', {}, { securityGrade })).toContainEqual('STATE_SECRET QZ-8.3b');
      expect(errors('yunnan', {}, { securityGrade })).toContainEqual('STATE_SECRET YN-2a');
    }
  });
});
