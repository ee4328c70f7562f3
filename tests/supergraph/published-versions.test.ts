import { describe, expect, it } from '@jest/globals';
import { describeHeld, PublishedVersions } from '../../gateway/supergraph/published-versions.js';
import { tooDeep } from '../../gateway/supergraph/composer/limits.js';
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
  const choose = (published: readonly PublishedSubgraph[], listed = NOBODY): Promise<readonly string[]> =>
    versions.choose(published, listed, async (chosen) => {
      const schemas = chosen.map(({ sdl }) => sdl);
      if (refused(schemas)) throw new HubError('COMPOSITION_FAILED', 'no', { errors: [{ code: 'BAD_ONE' }] });
      return schemas;
    });
  return { choose, held: () => versions.held() };
}

describe('published versions', () => {
  it('are all served where they go together', async () => {
    const { choose, held } = follow();
    expect(await choose([version('a', 1), version('b', 1)])).toEqual(['a 1', 'b 1']);
    expect(held()).toEqual([]);
  });

  it('that are bad keep no other out: the last good one is served, and both are named', async () => {
    const { choose, held } = follow((schemas) => schemas.includes('a 2'));
    await choose([version('a', 1)]);
    expect(await choose([version('a', 2), version('b', 1)])).toEqual(['a 1', 'b 1']);
    expect(held()).toEqual([{ subgraph: 'a', id: 'a-2', served: 'a-1', codes: ['BAD_ONE'] }]);
    expect(held().map(describeHeld)).toEqual(['a: a-2 cannot be served (BAD_ONE); a-1 is']);
    expect(await choose([version('a', 3), version('b', 1)])).toEqual(['a 3', 'b 1']);
    expect(held()).toEqual([]);
  });

  it('that are bad when a gateway starts are replaced by the ones before', async () => {
    const { choose, held } = follow((schemas) => schemas.includes('a 2'));
    expect(await choose([version('b', 1), version('a', 2, { previous: version('a', 1) })])).toEqual(['b 1', 'a 1']);
    expect(held()).toMatchObject([{ id: 'a-2', served: 'a-1' }]);
  });

  it('that need one another are taken up in whatever order, also beside a bad one', async () => {
    const { choose } = follow(
      (schemas) => schemas.includes('c 1') || (schemas.includes('a 1') && !schemas.includes('b 1')),
    );
    expect(await choose([version('a', 1), version('b', 1), version('c', 1)])).toEqual(['b 1', 'a 1']);
  });

  it('on which others rest stay when they are retired, and it is said', async () => {
    const { choose, held } = follow((schemas) => schemas.includes('b 1') && !schemas.includes('a 1'));
    await choose([version('a', 1), version('b', 1)]);
    expect(await choose([version('b', 1)])).toEqual(['a 1', 'b 1']);
    expect(held().map(describeHeld)).toEqual(['a: its retirement cannot be served (BAD_ONE); a-1 is']);
  });

  it("give way to the operator's list", async () => {
    const { choose, held } = follow();
    await choose([version('a', 1)]);
    expect(await choose([version('a', 1)], new Set(['a']))).toEqual([]);
    expect(held()).toEqual([]);
  });

  it('at a host that is not listed any more are sent nothing', async () => {
    const { choose, held } = follow();
    const moved = version('a', 1, { url: 'https://elsewhere.example/' });
    expect(await choose([moved, version('b', 1)])).toEqual(['b 1']);
    expect(held()).toEqual([{ subgraph: 'a', id: 'a-1', codes: ['HOST_NOT_LISTED'] }]);
  });

  it('do not hide that the list itself is refused', async () => {
    const { choose } = follow(() => true);
    await expect(choose([version('a', 1)])).rejects.toThrow('no');
  });

  it('are found among hundreds in a few attempts, where one is bad', async () => {
    let attempts = 0;
    const { choose, held } = follow((schemas) => {
      attempts++;
      return schemas.includes('n77 1');
    });
    const many = Array.from({ length: 200 }, (_, n) => version(`n${n}`, 1));
    expect(await choose(many)).toHaveLength(199);
    expect(held()).toEqual([{ subgraph: 'n77', id: 'n77-1', codes: ['BAD_ONE'] }]);
    expect(attempts).toBeLessThan(25);
  });

  it('that cannot be composed within the limits are tried once, and others wait for them no more', async () => {
    const tried: (readonly string[])[] = [];
    const { choose, held } = follow((schemas) => {
      tried.push(schemas);
      if (schemas.includes('a 2')) throw tooDeep();
      return false;
    });
    await choose([version('a', 1), version('b', 1)]);
    expect(await choose([version('a', 2), version('b', 2)])).toEqual(['a 1', 'b 2']);
    tried.length = 0;
    expect(await choose([version('a', 2), version('b', 3)])).toEqual(['a 1', 'b 3']);
    expect(tried).toEqual([['a 1', 'b 3']]);
    expect(held()).toEqual([{ subgraph: 'a', id: 'a-2', served: 'a-1', codes: ['COMPOSITION_TOO_DEEP'] }]);
    expect(await choose([version('a', 3), version('b', 3)])).toEqual(['a 3', 'b 3']);
    expect(held()).toEqual([]);
  });

  it('are not blamed for a composer that has died', async () => {
    const { choose, held } = follow((schemas) => {
      if (schemas.includes('a 2')) throw new HubError('NOT_READY', 'It died.');
      return false;
    });
    await choose([version('a', 1)]);
    await expect(choose([version('a', 2)])).rejects.toThrow('It died.');
    expect(held()).toEqual([]);
  });
});
