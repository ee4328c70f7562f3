import { describe, expect, it } from '@jest/globals';
import { OverrideLabels } from '../../gateway/plan/override-labels.js';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';

const labels = new Set(['percent(20)', 'percent(0.5)', 'percent(100)', 'percent(0)', 'beta', 'later']);
const chosen = (number: number, active: string[] = []) =>
  [...new OverrideLabels(labels, active).choose(() => number)].sort();

describe('A request chooses labels of @override', () => {
  it('by one number for all percentages, so that the rarer one never comes without the more frequent', () => {
    expect(chosen(0)).toEqual(['percent(0.5)', 'percent(100)', 'percent(20)']);
    expect(chosen(0.5)).toEqual(['percent(100)', 'percent(20)']);
    expect(chosen(20)).toEqual(['percent(100)']);
    expect(chosen(99.99)).toEqual(['percent(100)']);
  });
  it('and never one that is switched off, or that the graph does not have', () => {
    expect(chosen(99, ['beta', 'unknown', ''])).toEqual(['beta', 'percent(100)']);
    expect(chosen(99)).not.toContain('beta');
  });
  it('and draws nothing where no percentage is', () => {
    const draw = () => {
      throw new Error('drawn');
    };
    expect(new OverrideLabels(new Set(['beta'])).choose(draw)).toEqual(new Set());
  });
  it('and the same set comes again, so that plans are found', () => {
    const one = new OverrideLabels(labels);
    expect(one.choose(() => 3)).toBe(one.choose(() => 19));
    expect(one.all()).toHaveLength(5);
  });
});

describe('A graph is refused when a field cannot be answered', () => {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])\n';
  const compose = (label: string) =>
    composeGraph(
      Object.entries({
        old: 'type Query { a: Firm } type Firm @key(fields: "id", resolvable: false) { id: ID! seat: String }',
        new: `type Query { b: Firm } type Firm @key(fields: "id") { id: ID! seat: String @override(from: "old", label: "${label}") }`,
      }).map(([name, sdl]) => ({ name, url: `http://${name}.test/`, sdl: link + sdl })),
    );
  it.each(['percent(10)', 'beta'])('while the label %s is not active', (label) => {
    expect(() => compose(label)).toThrow(/Firm\.seat cannot be answered for the objects of Query\.b/);
  });
});
