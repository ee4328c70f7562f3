import { buildSchema } from 'graphql';
import { describe, expect, it } from '@jest/globals';
import { compareGraphs } from '../../gateway/supergraph/compare-graphs.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import { wordFinding } from '../../subgraphs/governance/registry/messages/findings.js';

const item = (coordinate: string, more: object = {}): ShareItem =>
  ({
    coordinate,
    shareType: 'CONDITIONAL',
    provider: 'tax',
    identity: coordinate,
    title: coordinate,
    argumentUses: {},
    ...more,
  }) as never;
const graph = (sdl: string, ...items: ShareItem[]) => ({
  schema: buildSchema(sdl),
  index: { items, byCoordinate: new Map(items.map((each) => [each.coordinate, each])) } as unknown as ShareIndex,
});

describe('what a check found', () => {
  it('is told in Chinese whole for every change of an item', () => {
    const before = graph(
      `type Query { list(a: Int, b: Int, f: Int): [Int] }
       type Firm { gone: Int, renamed: Int, typed: Int, sure: Int!, loose: Int, tight: Int, moved: Int, other: Int, mask: Int, bare: Int, rows: Int,
         early: Int @deprecated(reason: "2027-03-01"), sooner: Int @deprecated(reason: "2027-03-01"), never: Int @deprecated(reason: "2027-03-01"), old: Int, dayless: Int }`,
      ...['gone', 'renamed', 'tight', 'moved'].map((name) => item(`Firm.${name}`, { title: name })),
      item('Firm.loose', { shareType: 'NOT_SHARED' }),
      item('Firm.other', { identity: 'one' }),
      item('Firm.mask', { mask: 'NAME' }),
      item('Firm.bare', { mask: 'NAME' }),
      item('Firm.rows', { scopeBy: 'division' }),
      item('Query.list', { argumentUses: { f: [{ by: 'filters', item: 'Firm.tight' }] } }),
    );
    const after = graph(
      `type Query { list(b: String, c: Int!, f: Int): [Int] }
       type Firm { named: Int, typed: String, sure: Int, loose: Int, tight: Int, moved: Int, other: Int, mask: Int, bare: Int, rows: Int,
         sooner: Int @deprecated(reason: "2027-02-01"), never: Int @deprecated(reason: "x"), old: Int @deprecated(reason: "2027-03-01"), dayless: Int @deprecated(reason: "x") }`,
      item('Firm.named', { title: 'renamed' }),
      item('Firm.tight', { title: 'tight', shareType: 'NOT_SHARED' }),
      item('Firm.moved', { title: 'moved', provider: 'housing' }),
      item('Firm.loose', { shareType: 'UNCONDITIONAL' }),
      item('Firm.other', { identity: 'two' }),
      item('Firm.mask', { mask: 'PHONE' }),
      item('Firm.bare'),
      item('Firm.rows'),
      item('Query.list', { argumentUses: {} }),
    );
    const changes = compareGraphs(before, after, '2026-11-01').filter(({ code }) => code !== 'TYPE_CHANGED');
    expect(new Set(changes.map(({ code }) => code)).size).toBe(17);
    const told = changes.map(({ code, message }) => wordFinding(code, message).in('zh'));
    expect(told.filter((text) => /[a-z]{2,} (is|was|may|and|the|no) /.test(text))).toEqual([]);
    expect(told).toContain('Firm.loose 的共享类型由不予共享放宽为无条件共享。');
    expect(told).toContain('Firm.renamed 改名为 Firm.named，原授权不随改名转移。');
    for (const { code, message } of changes) expect(wordFinding(code, message).in('en')).toBe(message);
  });

  it('has its code in Chinese otherwise, and the English sentence with the places', () => {
    expect(wordFinding('BASIS_MISSING', 'Firm.x needs a basis.').in('zh')).toBe('缺少依据（Firm.x needs a basis.）');
    expect(wordFinding('A_CODE_OF_LATER', 'Something.').in('zh')).toBe('Something.');
  });
});
