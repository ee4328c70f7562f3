import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { conformance } from './table.js';

describe('the table of clauses', () => {
  const { text, unexplained, explainedInVain } = conformance();

  it('has a test for every clause that software can keep, or says why there is none', () => {
    expect(unexplained).toEqual([]);
  });

  it('calls no clause open that a test shows', () => {
    expect(explainedInVain).toEqual([]);
  });

  it('is the one that is committed; `npm run emit` writes it', () => {
    expect(readFileSync('tests/conformance/clauses.md', 'utf8')).toBe(text);
  });
});
