import { expect, it } from '@jest/globals';
import { answersGraph } from '../../subgraphs/declared/answers-graph.js';

const PUBLISHED = 'type A @r(code: "1", name: "2") { b(x: Int, y: Int): Int c: Int }';
const BUILT = 'type A @r(name: "2", code: "1") { c: Int b(y: Int, x: Int): Int }';

it('a schema that is written in another order answers; one that says something else does not', () => {
  expect(answersGraph(PUBLISHED, BUILT.replace('"2"', '"3"'))).toBe(false);
  expect(answersGraph(PUBLISHED, BUILT.replace('y: Int', 'y: Int!'))).toBe(false);
  expect(answersGraph(PUBLISHED, BUILT)).toBe(true);
  // Nobody plans for a field that only this hub has.
  expect(answersGraph(PUBLISHED, BUILT.replace('}', 'totalCount: Int }'))).toBe(true);
  expect(answersGraph(PUBLISHED, BUILT.replace('c: Int', ''))).toBe(false);
});
