import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CorpusServer, type CorpusGraph } from './corpus.js';

/** Declares the cases of some graphs, with one server for all their subgraphs. */
export function describeCorpus(graphs: Readonly<Record<string, CorpusGraph>>): void {
  let server: CorpusServer;
  beforeAll(async () => {
    server = await CorpusServer.open();
  });
  afterAll(() => server.close());
  for (const [title, graph] of Object.entries(graphs)) {
    describe(title, () => {
      let ask: ReturnType<CorpusServer['add']>;
      beforeAll(() => {
        ask = server.add(graph);
      });
      for (const [sentence, each] of Object.entries(graph.cases)) {
        it(sentence, async () => {
          const { data, errors, fetches } = await ask(each);
          expect({ data: JSON.parse(data), errors, fetches }).toEqual({
            data: each.data,
            errors: [...(each.errors ?? [])].sort(),
            fetches: [...each.fetches].sort(),
          });
          // Keys stand in the requested order, which is how the expected data are written.
          expect(data).toBe(JSON.stringify(each.data));
        });
      }
    });
  }
}
