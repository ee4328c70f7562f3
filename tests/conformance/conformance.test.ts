import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { markersIn } from './markers.js';
import { conformance } from './table.js';

describe('the table of clauses', () => {
  const { table, idType, problems } = conformance();

  it('has for every clause that software can keep a test, or says why none shows all of it', () => {
    expect(problems).toEqual([]);
  });

  it('is the one that is committed, with the type of its ids; `npm run emit` writes both', () => {
    expect(readFileSync('tests/conformance/clauses.md', 'utf8')).toBe(table);
    expect(readFileSync('tests/conformance/clause-id.ts', 'utf8')).toBe(idType);
  });
});

describe('a marker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'markers-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (source: string) => {
    const file = join(folder, 'some.test.ts');
    writeFileSync(file, source);
    return markersIn([file]);
  };

  it('is a call in a test, not an id in a comment, a string or a title', () => {
    const { markers, unmarkedTitles } = read(`
      it('mentions CZ-11h', () => { expect('CZ-11g'); /* CZ-11f */ });
      describe('a case', () => { it.each([1])('is settled', () => { shows('CZ-11i'); showsPartOf('CZ-7a'); }); });`);
    expect(markers.map(({ clause, extent, test }) => [clause, extent, test])).toEqual([
      ['CZ-11i', 'whole', 'a case › is settled'],
      ['CZ-7a', 'part', 'a case › is settled'],
    ]);
    expect(unmarkedTitles.join()).toContain('CZ-11h');
  });

  it.each([
    ['of no clause', `it('a', () => { shows('CZ-99z'); });`],
    ['of a clause that only people keep', `it('a', () => { shows('CZ-10a'); });`],
    ['that is computed', `it('a', () => { shows(clause); });`],
    ['outside of a test', `shows('CZ-11i');`],
    ['in a test that is skipped', `it.skip('a', () => { shows('CZ-11i'); });`],
  ])('%s is an error', (_, source) => {
    expect(() => read(source)).toThrow();
  });
});
