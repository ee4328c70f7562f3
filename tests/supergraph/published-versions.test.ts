import { describe, expect, it } from '@jest/globals';
import { describeHeld, PublishedVersions } from '../../gateway/supergraph/published-versions.js';
import { HubError } from '../../shared/kernel/index.js';
import type { PublishedSubgraph } from '../../shared/read-model/read-model.js';

const version = (subgraph: string, number: number, more: Partial<PublishedSubgraph> = {}): PublishedSubgraph => ({
  id: `${subgraph}-${number}`,
  subgraph,
  url: 'https://listed.example/graphql',
  sdl: `${subgraph} ${number}`,
  ...more,
});
const NOBODY: ReadonlySet<string> = new Set();

/** Published versions, followed by a graph that is refused with the schemas of which `refused` says so. */
function follow(refused: (schemas: readonly string[]) => boolean = () => false) {
  const versions = new PublishedVersions(
    async () => [],
    ({ url }) => (url.startsWith('https://listed.example') ? url : undefined),
  );
  const choose = (published: readonly PublishedSubgraph[], listed = NOBODY): readonly string[] =>
    versions.choose(published, listed, (chosen) => {
      const schemas = chosen.map(({ sdl }) => sdl);
      if (refused(schemas)) throw new HubError('COMPOSITION_FAILED', 'no', { errors: [{ code: 'BAD_ONE' }] });
      return schemas;
    });
  return { choose, held: () => versions.held() };
}

describe('published versions', () => {
  it('are all served where they go together', () => {
    const { choose, held } = follow();
    expect(choose([version('a', 1), version('b', 1)])).toEqual(['a 1', 'b 1']);
    expect(held()).toEqual([]);
  });

  it('that are bad keep no other out: the last good one is served, and both are named', () => {
    const { choose, held } = follow((schemas) => schemas.includes('a 2'));
    choose([version('a', 1)]);
    expect(choose([version('a', 2), version('b', 1)])).toEqual(['a 1', 'b 1']);
    expect(held()).toEqual([{ subgraph: 'a', id: 'a-2', served: 'a-1', codes: ['BAD_ONE'] }]);
    expect(held().map(describeHeld)).toEqual(['a: a-2 cannot be served (BAD_ONE); a-1 is']);
    expect(choose([version('a', 3), version('b', 1)])).toEqual(['a 3', 'b 1']);
    expect(held()).toEqual([]);
  });

  it('that are bad when a gateway starts are replaced by the ones before', () => {
    const { choose, held } = follow((schemas) => schemas.includes('a 2'));
    expect(choose([version('b', 1), version('a', 2, { previous: version('a', 1) })])).toEqual(['b 1', 'a 1']);
    expect(held()).toMatchObject([{ id: 'a-2', served: 'a-1' }]);
  });

  it('that need one another are taken up in whatever order, also beside a bad one', () => {
    const { choose } = follow(
      (schemas) => schemas.includes('c 1') || (schemas.includes('a 1') && !schemas.includes('b 1')),
    );
    expect(choose([version('a', 1), version('b', 1), version('c', 1)])).toEqual(['b 1', 'a 1']);
  });

  it('on which others rest stay when they are retired, and it is said', () => {
    const { choose, held } = follow((schemas) => schemas.includes('b 1') && !schemas.includes('a 1'));
    choose([version('a', 1), version('b', 1)]);
    expect(choose([version('b', 1)])).toEqual(['a 1', 'b 1']);
    expect(held().map(describeHeld)).toEqual(['a: its retirement cannot be served (BAD_ONE); a-1 is']);
  });

  it("give way to the operator's list", () => {
    const { choose, held } = follow();
    choose([version('a', 1)]);
    expect(choose([version('a', 1)], new Set(['a']))).toEqual([]);
    expect(held()).toEqual([]);
  });

  it('at a host that is not listed any more are sent nothing', () => {
    const { choose, held } = follow();
    const moved = version('a', 1, { url: 'https://elsewhere.example/' });
    expect(choose([moved, version('b', 1)])).toEqual(['b 1']);
    expect(held()).toEqual([{ subgraph: 'a', id: 'a-1', codes: ['HOST_NOT_LISTED'] }]);
  });

  it('do not hide that the list itself is refused', () => {
    const { choose } = follow(() => true);
    expect(() => choose([version('a', 1)])).toThrow('no');
  });
});
