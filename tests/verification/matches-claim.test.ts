import { describe, expect, it } from '@jest/globals';
import { EXACT_RULE, listBands, type ClaimRule } from '../../shared/share/claims/claim-rule.js';
import { matchesClaim } from '../../shared/share/claims/matches-claim.js';

const matches = (value: unknown, claim: unknown, rule: Partial<ClaimRule> = {}) =>
  matchesClaim(value, { value: claim, isBand: false }, { ...EXACT_RULE, ...rule });

describe('A claim about text', () => {
  it.each([
    ['another text', '杭州市', '杭州', false],
    ['another case', 'a1', 'A1', false],
    ['nothing', '', null, false],
    ['full width', '１３８００００１２３４', '13800001234', true],
    ['blanks around it', ' a ', 'a', true],
    ['zeros in front, which count', '007', '7', false],
  ])('is compared exactly: %s', (_, held, claimed, expected) => {
    expect(matches(held, claimed)).toBe(expected);
  });

  it.each([
    ['another name', '王伟', '王玮', false],
    ['a part of it', '王小伟', '王伟', false],
    ['blanks within', '王 伟', '王伟', true],
    ['a full-width blank', '王　伟', '王伟', true],
    ['another middle dot', '阿卜杜拉·买买提', '阿卜杜拉•买买提', true],
    ['a full stop for it', '阿卜杜拉·买买提', '阿卜杜拉．买买提', true],
    ['a katakana dot with blanks', '阿卜杜拉·买买提', '阿卜杜拉 ・ 买买提', true],
    ['no dot at all', '阿卜杜拉·买买提', '阿卜杜拉买买提', false],
    ['a compatibility character', '\uf9d8明', '律明', true],
    ['a rare character as GB 18030-2005 had it', '\ue854明', '\u9fba明', true],
    ['a selector of variants', '\u8fbb\u{e0100}子', '\u8fbb子', true],
    ['full-width letters and capitals', 'ＡＮＮＡ  Lee', 'anna lee', true],
    ['words joined', 'Anna Lee', 'AnnaLee', false],
  ])('may be compared as a name: %s', (_, held, claimed, expected) => {
    expect(matches(held, claimed, { form: 'NAME' })).toBe(expected);
  });
});

describe('A claim about a number', () => {
  it('is compared by its value, whatever the digits after the point', () => {
    expect(matches('12.50', '12.5')).toBe(true);
    expect(matches(100, 100)).toBe(true);
    expect(matches('100', 100)).toBe(true);
    expect(matches('1000', '100')).toBe(false);
    expect(matches('0.30000000000000001', '0.3')).toBe(false);
  });

  it('may be compared within what its owner allows', () => {
    const within = { within: 500 };
    expect(matches(30_000, 30_500, within)).toBe(true);
    expect(matches(30_000, 30_501, within)).toBe(false);
    expect(matches(30_000, 29_500, within)).toBe(true);
    expect(matches(null, 100, within)).toBe(false);
    expect(matches('x', 100, within)).toBe(false);
  });

  it('may be about a side of a number that its owner named', () => {
    const rule = { ...EXACT_RULE, bands: [-1.5, 30_000] };
    expect(listBands(rule).map(({ name }) => name)).toEqual([
      'BELOW_MINUS_1_5',
      'AT_LEAST_MINUS_1_5',
      'BELOW_30000',
      'AT_LEAST_30000',
    ]);
    const lies = (value: unknown, band: string) => matchesClaim(value, { value: band, isBand: true }, rule);
    expect(lies(29_999, 'BELOW_30000')).toBe(true);
    expect(lies(30_000, 'BELOW_30000')).toBe(false);
    expect(lies(30_000, 'AT_LEAST_30000')).toBe(true);
    expect(lies('30000.00', 'AT_LEAST_30000')).toBe(true);
    expect(lies(null, 'BELOW_30000')).toBe(false);
    expect(lies(1, 'BELOW_40000')).toBe(false);
  });
});

it('Dates and yes or no are compared by the day and by the word', () => {
  expect(matches('1990-01-01', '1990-01-01')).toBe(true);
  expect(matches('1990-01-01', '1990-01-02')).toBe(false);
  expect(matches(true, true)).toBe(true);
  expect(matches(false, true)).toBe(false);
  expect(matches({ a: 1 }, { a: 1 })).toBe(false);
});
