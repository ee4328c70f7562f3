import { joinTexts, textIn } from '../../shared/kernel/index.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clauses, PROFILE_NAMES, readProfile } from '../../shared/law/index.js';
import { readProvisionKinds } from '../../subgraphs/governance/catalogue/checks/provision-kind.rule.js';
import { checkEntry } from '../../subgraphs/governance/catalogue/checks/check-entry.rule.js';
import { isStateSecret, validateDescription } from '../../subgraphs/governance/catalogue/entry/description.rule.js';
import type {
  CheckedEntry,
  CheckedItem,
  Neighbour,
} from '../../subgraphs/governance/catalogue/checks/checked-entry.type.js';
import {
  readReviewSteps,
  findWaitingStep,
  type EntryReview,
} from '../../subgraphs/governance/catalogue/review/entry-review.rule.js';
import { splitPairs, measureSimilarity } from '../../subgraphs/governance/catalogue/search/name-similarity.rule.js';
import { readSdlCatalogue } from '../../subgraphs/governance/catalogue/publish/sdl-catalogue.js';
import { buildWordQuery, splitWords } from '../../subgraphs/governance/catalogue/search/search-words.js';
import { shows, showsPartOf } from '../conformance/shows.js';

const ITEM: CheckedItem = {
  ...{ name: '联系电话', coordinate: 'Person.phone', dataType: 'C', basic: false, shareType: 'CONDITIONAL' },
  ...{ basis: ['个人信息保护法 第十三条'], condition: '履行职责需要', reason: '涉及个人信息' },
};
const ENTRY: CheckedEntry = {
  ...{ code: '101001/000001', kind: 'DATA', name: '常住人口基础信息', abstract: '常住人口', provider: 'police' },
  ...{
    creditCode: '91110000802100433B',
    category: '基础类',
    library: 'POPULATION',
    format: 'DATABASE',
    method: 'INTERFACE',
  },
  ...{ shareScope: '各部门', openness: 'NOT_OPEN', opennessBasis: ['个人信息保护法 第十条'], updateCycle: 'DAILY' },
  ...{ timeliness: '每日', collectionScope: '全市', securityGrade: '3', duty: 'Z-1', supplement: false, served: true },
  items: [ITEM],
};
const QUIET: { readonly neighbours: readonly Neighbour[]; readonly systems: readonly string[] } = {
  neighbours: [],
  systems: [],
};
const found = (change: Partial<CheckedEntry>, profile = 'quanzhou', around: Partial<typeof QUIET> = {}) =>
  checkEntry({ ...ENTRY, ...change }, readProfile(profile), { ...QUIET, ...around }).map(
    ({ code, severity, at, clauses: cited }) => ({
      code,
      severity,
      at,
      cited,
    }),
  );
const codes = (...given: Parameters<typeof found>) => found(...given).map(({ code }) => code);

describe('an entry is found wrong', () => {
  it.each([
    'NAME',
    'FORMAT',
    'SHARE_TYPE',
    'SHARE_SCOPE',
    'UPDATE_CYCLE',
    'TIMELINESS',
    'PROVISION_MODE',
    'PROVIDER',
    'OPENNESS',
  ])('in Hangzhou without %s (HZ-5.1b)', (attribute) => {
    shows('HZ-5.1b');
    const missing: Record<string, Partial<CheckedEntry>> = {
      ...{ NAME: { name: '' }, FORMAT: { format: null }, SHARE_TYPE: { items: [{ ...ITEM, shareType: null }] } },
      ...{ SHARE_SCOPE: { shareScope: '' }, UPDATE_CYCLE: { updateCycle: null }, TIMELINESS: { timeliness: null } },
      ...{ PROVISION_MODE: { method: null }, PROVIDER: { provider: '' }, OPENNESS: { openness: null } },
    };
    const wrong = found(missing[attribute]!, 'hangzhou').filter(({ code }) => code === 'ATTRIBUTE_MISSING');
    expect(wrong).toEqual([{ code: 'ATTRIBUTE_MISSING', severity: 'ERROR', at: attribute, cited: ['HZ-5.1b'] }]);
  });

  it('with all nine missing: told at once', () => {
    const bare = {
      name: '',
      format: null,
      method: null,
      shareScope: null,
      updateCycle: null,
      timeliness: null,
      provider: '',
    };
    expect(
      codes({ ...bare, openness: null, items: [] }, 'hangzhou').filter((code) => code === 'ATTRIBUTE_MISSING'),
    ).toHaveLength(9);
  });

  it('in Jilin without its scope, and where the guide holds without abstract, credit code, data types and conditions', () => {
    shows('JL-15a');
    expect(found({ collectionScope: null }, 'jilin')).toContainEqual(
      expect.objectContaining({ at: 'DATA_SCOPE', cited: ['JL-15a'] }),
    );
    const missing = found(
      { abstract: null, creditCode: null, items: [{ ...ITEM, dataType: null, condition: null }] },
      'chenzhou',
    );
    expect(missing.map(({ at }) => at)).toEqual(
      expect.arrayContaining(['ABSTRACT', 'CREDIT_CODE', 'DATA_TYPES', 'CONDITIONS']),
    );
  });

  it('with two items of one name, which nobody could tell apart, however it is written', () => {
    const named = (name: string, coordinate: string | null = null) => ({ ...ITEM, name, coordinate });
    const repeated = (...items: CheckedItem[]) => found({ items }).filter(({ code }) => code === 'ITEM_REPEATED');
    expect(repeated(named('联系电话'), named('联系 电话'))).toEqual([
      { code: 'ITEM_REPEATED', severity: 'ERROR', at: '联系 电话', cited: [] },
    ]);
    expect(repeated(named('联系电话', 'Person.phone'), named('联系电话'))).toHaveLength(1);
    expect(repeated(named('联系电话'), named('联系地址'))).toEqual([]);
  });

  it('with a share type that the law does not know: Hangzhou has two (HZ-8.2b)', () => {
    shows('HZ-8.2b');
    const items = [{ ...ITEM, shareType: 'NOT_SHARED' }];
    expect(found({ items }, 'hangzhou')).toContainEqual({
      code: 'SHARE_TYPE_UNKNOWN',
      severity: 'ERROR',
      at: 'Person.phone',
      cited: ['HZ-8.2b'],
    });
    expect(codes({ items })).not.toContain('SHARE_TYPE_UNKNOWN');
  });

  it('with a basic item of the base that is restricted, and in Yunnan, unconfirmed, warned of any restricted one', () => {
    shows('QZ-5.2d');
    showsPartOf('YN-10b');
    const items = [{ ...ITEM, basic: true }];
    expect(found({ items })).toContainEqual({
      code: 'BASIC_ITEM_RESTRICTED',
      severity: 'ERROR',
      at: 'Person.phone',
      cited: ['QZ-5.2d'],
    });
    expect(codes({ items, library: 'HEALTH' })).not.toContain('BASIC_ITEM_RESTRICTED');
    expect(found({}, 'yunnan')).toContainEqual(
      expect.objectContaining({ code: 'BASIC_ITEM_RESTRICTED', severity: 'WARNING' }),
    );
  });

  it('where what is not shared cites nothing, or nothing of the kinds accepted (QZ-5.2e, CZ-9.2)', () => {
    shows('QZ-5.2e', 'CZ-9.2');
    const notShared = (basis: string[]) => ({ items: [{ ...ITEM, shareType: 'NOT_SHARED', basis }] });
    expect(found(notShared([]))).toContainEqual(expect.objectContaining({ code: 'BASIS_MISSING', cited: ['QZ-5.2e'] }));
    expect(codes(notShared(['某市信息管理办法 第三条']))).toContain('BASIS_NOT_ACCEPTED');
    expect(codes(notShared(['某市信息管理办法 第三条', '刑事诉讼法 第二百八十六条']))).not.toContain(
      'BASIS_NOT_ACCEPTED',
    );
  });

  it('in Yunnan where what is conditional or not shared cites nothing or does not say why (YN-14e, YN-14f)', () => {
    shows('YN-14e', 'YN-14f');
    const wrong = found({ items: [{ ...ITEM, basis: [], reason: null }] }, 'yunnan');
    expect(wrong).toContainEqual(expect.objectContaining({ code: 'BASIS_MISSING', cited: ['YN-14f'] }));
    expect(wrong).toContainEqual(expect.objectContaining({ code: 'REASON_MISSING', cited: ['YN-14e'] }));
    const notShared = found({ items: [{ ...ITEM, shareType: 'NOT_SHARED', basis: [], reason: null }] }, 'yunnan');
    expect(notShared).toContainEqual(expect.objectContaining({ code: 'BASIS_MISSING', cited: ['YN-14f'] }));
    expect(notShared).toContainEqual(expect.objectContaining({ code: 'REASON_MISSING', cited: ['YN-14e'] }));
    expect(codes({ items: [{ ...ITEM, basis: [] }] }, 'chenzhou')).not.toContain('BASIS_MISSING');
  });

  it.each([
    [{ code: '1010/1' }, 'CODE_MALFORMED'],
    [{ code: '101001-000001' }, 'CODE_MALFORMED'],
    [{ category: '主题类' }, 'CODE_OF_OTHER_CATEGORY'],
    [{ name: '人口管理系统' }, 'NAME_OF_SYSTEM'],
    [{ name: '户政' }, 'NAME_OF_SYSTEM'],
    [{ method: 'FILE' as const, served: false }, 'FORMAT_UNFIT'],
    [{ method: 'TABLE_EXCHANGE' as const }, 'METHOD_UNFIT'],
    [{ updateCycle: 'SOMETIMES' }, 'UPDATE_CYCLE_UNKNOWN'],
    [{ securityGrade: '机密' }, 'STATE_SECRET'],
    [{ duty: null }, 'DUTY_UNNAMED'],
  ])('with %j: %s', (change, code) => {
    expect(codes(change, 'quanzhou', { systems: ['户政'] })).toContain(code);
  });

  it('in Yunnan where it is opened on conditions or not at all without a provision (YN-22e)', () => {
    shows('YN-22e');
    for (const openness of ['CONDITIONAL', 'NOT_OPEN'] as const)
      expect(found({ openness, opennessBasis: [] }, 'yunnan')).toContainEqual(
        expect.objectContaining({ code: 'OPENNESS_BASIS_MISSING', cited: ['YN-22e'] }),
      );
  });

  it('where another department supplies it already, and warned where it may (HZ-3.1a, HZ-3.1e)', () => {
    shows('HZ-3.1a');
    showsPartOf('HZ-3.1e');
    const other = { code: '101001/000009', provider: 'health', items: [] };
    expect(codes({}, 'hangzhou', { neighbours: [{ ...other, name: '常住人口 基础信息' }] })).toContain(
      'SOURCE_NOT_UNIQUE',
    );
    const near = found({}, 'hangzhou', { neighbours: [{ ...other, name: '常住人口基本信息' }] });
    expect(near).toContainEqual({ code: 'NEAR_DUPLICATE', severity: 'WARNING', at: 'name', cited: ['HZ-3.1a'] });
    expect(codes({}, 'hangzhou', { neighbours: [{ ...other, name: '不动产登记信息' }] })).not.toContain(
      'NEAR_DUPLICATE',
    );
  });

  it('as a supplement that repeats a provincial item (JL-15f), and not for what it adds', () => {
    shows('JL-15f');
    const provincial = {
      code: '1',
      name: '常住人口信息',
      provider: 'province',
      level: 'PROVINCE',
      items: ['联系 电话'],
    };
    const supplement = { supplement: true, items: [ITEM, { ...ITEM, coordinate: 'Person.hukou', name: '户籍网格' }] };
    const repeats = found(supplement, 'jilin', { neighbours: [provincial] }).filter(
      ({ code }) => code === 'SUPPLEMENT_REPEATS',
    );
    expect(repeats).toEqual([{ code: 'SUPPLEMENT_REPEATS', severity: 'ERROR', at: 'Person.phone', cited: ['JL-15f'] }]);
    expect(codes(supplement, 'jilin', { neighbours: [{ ...provincial, level: 'CITY' }] })).not.toContain(
      'SUPPLEMENT_REPEATS',
    );
  });
});

describe('a whole entry', () => {
  it.each(PROFILE_NAMES)(
    'is found right under the law of %s, and every clause that a check cites exists',
    (profile) => {
      expect(found({}, profile).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
      const known = new Set([...clauses().keys()]);
      const all = found(
        { code: 'x', name: '', items: [{ ...ITEM, shareType: 'NOT_SHARED', basis: [] }], openness: null, duty: null },
        profile,
      );
      for (const { cited } of all) for (const clause of cited) expect(known).toContain(clause);
    },
  );
});

describe('a description', () => {
  it('of a state secret is never kept (HZ-7.3b, YN-2a)', () => {
    shows('HZ-7.3b');
    showsPartOf('YN-2a');
    for (const securityGrade of ['秘密', '机密级', '绝密', 'Top Secret'])
      expect(isStateSecret({ securityGrade })).toBe(true);
    expect(isStateSecret({ securityGrade: '3' })).toBe(false);
  });

  it('is refused with everything that cannot be kept, told at once', () => {
    const items = [
      { coordinate: 'A.b', shareType: 'CONDITIONAL' },
      { name: 'x', length: 0, basis: ['a'.repeat(201)] },
      {},
    ];
    expect(validateDescription({ theme: 'a\u202Eb', securityGrade: '9', items })).toHaveLength(6);
  });
});

describe('a provision', () => {
  it('says by its title what it can be', () => {
    expect(readProvisionKinds('《个人信息保护法》第二十八条')).toEqual(['LAW']);
    expect(readProvisionKinds('不动产登记暂行条例 第二十五条')).toContain('ADMINISTRATIVE_REGULATION');
    expect(readProvisionKinds('STATE_PROVISION:国办发〔2016〕51号')).toEqual(['STATE_PROVISION']);
    expect(readProvisionKinds('口头通报')).toEqual([]);
  });
});

describe('the review', () => {
  it('goes through the steps of the law, each with its own people: Hangzhou first within the unit (HZ-5.3c)', () => {
    shows('HZ-5.3c');
    expect(readReviewSteps(readProfile('hangzhou')).map(({ roles }) => roles)).toEqual([['provider'], ['authority']]);
    expect(readReviewSteps(readProfile('quanzhou')).map(({ roles }) => roles)).toEqual([['authority']]);
  });

  it('never waits for nobody while a role of a joint step has not agreed', () => {
    const role = fc.constantFrom('provider', 'authority', 'secrecy-reviewer') as fc.Arbitrary<EntryReview['role']>;
    const process = fc.array(fc.record({ roles: fc.uniqueArray(role, { minLength: 1 }), clauses: fc.constant([]) }), {
      minLength: 1,
      maxLength: 3,
    });
    const review = fc.record({ step: fc.integer({ min: -1, max: 3 }), role, approved: fc.boolean() });
    fc.assert(
      fc.property(process, fc.array(review, { maxLength: 8 }), (steps, given) => {
        const reviews = given.map((one) => ({ ...one, department: 'd', at: '' }));
        const complete = steps.every(({ roles }, at) =>
          roles.every((each) => reviews.some((one) => one.step === at && one.role === each && one.approved)),
        );
        return complete === (findWaitingStep(steps, reviews) === undefined);
      }),
    );
  });
});

describe('measureSimilarity of names', () => {
  it('is the same both ways, one for a name and itself, none for names without a common pair', () => {
    const name = fc.string({ unit: fc.constantFrom(...'常住人口基础信息登记表甲乙'), minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const value = measureSimilarity(a, b);
        return value === measureSimilarity(b, a) && value >= 0 && value <= 1 && measureSimilarity(a, a) === 1;
      }),
    );
    expect(measureSimilarity('电话', '地址')).toBe(0);
    expect(splitPairs(' 电 话 ')).toEqual(['电话']);
  });
});

describe('words', () => {
  it('of Chinese are cut, with the shorter words within them; names of the schema at their capitals', async () => {
    expect(await splitWords('统一社会信用代码')).toEqual(expect.arrayContaining(['统一', '社会', '信用', '代码']));
    expect(await splitWords('Resident.registeredAddress')).toEqual(['resident', 'registered', 'address']);
    expect(await buildWordQuery(" '; -- ", () => Promise.resolve(new Map()))).toBeUndefined();
  });
});

describe('what an SDL states', () => {
  const SDL = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
      @link(url: "https://sharehub.dev/share/v1.0", import: ["@resource", "@share", "@copyOf"])
    type Query { patient(id: ID!): Patient @share(type: UNCONDITIONAL) }
    type Patient @resource(code: "202001/000001", name: "就诊信息", provider: "health") @share(type: CONDITIONAL) @key(fields: "id") {
      id: ID!
      "诊断" diagnosis: [String!]
      unstated: String @share(type: SOMETIMES)
    }
    type Resident @key(fields: "idNumber", resolvable: false) { idNumber: String! patient: Patient @share(type: CONDITIONAL) }
    interface Party { name: String }`;

  it('is an entry for each resource, and one for the interface, with nothing of other departments in it', () => {
    const { resources, problems } = readSdlCatalogue('health', SDL);
    expect(resources.map(({ code, items }) => [code, items.map(({ coordinate }) => coordinate)])).toEqual([
      ['202001/000001', ['Patient.id', 'Patient.diagnosis', 'Patient.unstated']],
      ['interface/health/health', ['Query.patient', 'Resident.patient']],
    ]);
    expect(resources[0]!.items[1]).toMatchObject({
      name: '诊断',
      type: '[String!]',
      shareType: 'CONDITIONAL',
      ofEntity: true,
    });
    const twice = SDL.replace(
      'type Resident',
      'type Twin @resource(code: "202001/000001", name: "x") @share(type: CONDITIONAL) { a: Int } type Resident',
    );
    const twin = readSdlCatalogue('health', twice);
    expect(textIn(joinTexts(twin.problems, ';'), 'en')).toContain('Twin has the code 202001/000001 of Patient');
    expect(twin.resources.flatMap(({ items }) => items.map(({ coordinate }) => coordinate))).not.toContain('Twin.a');
    expect(textIn(joinTexts(problems, ';'), 'en')).toContain('Patient.unstated');
    expect(resources[0]!.items[2]!.shareType).toBe('NOT_SHARED');
  });
});
