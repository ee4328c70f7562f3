import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { readSupergraphConfig } from '../../gateway/supergraph/config.js';
import { loadSubgraphs } from '../../gateway/supergraph/load-subgraphs.js';

describe('the committed supergraph', () => {
  it('is what the committed subgraphs compose to; `npm run emit` writes it', async () => {
    const config = await readSupergraphConfig('supergraph.yaml', {});
    const fetchSdl = () => Promise.reject(new Error('all SDL is committed'));
    const { supergraphSdl } = composeGraph(await loadSubgraphs(config, { fetchSdl }));
    expect((await readFile('schema/supergraph.graphql', 'utf8')).trim()).toBe(supergraphSdl.trim());
  });
});
