import { kindOf } from '../../shared/declaration/index.js';
import { buildDeclaredGraph } from '../../shared/declaration/graph/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { openSubgraph, type ServingOptions, type SubgraphHandler } from '../../shared/subgraph/index.js';
import { answersGraph } from './answers-graph.js';
import type { OpenRows, RowsOf, VersionToOpen } from './rows.js';

/** Builds the subgraph of a declaration and opens its rows.
 *  @param sources  kinds of sources that can be read here
 *  @throws HubError SUBGRAPH_INVALID, or what a source says */
export async function openDeclared(
  version: VersionToOpen,
  sources: readonly RowsOf[],
  serving: ServingOptions,
): Promise<SubgraphHandler> {
  const { declaration } = version;
  const graph = buildDeclaredGraph(declaration);
  if (version.published !== undefined && !answersGraph(version.published, graph.built.sdl))
    throw new HubError(
      'SUBGRAPH_INVALID',
      `${declaration.subgraph} was published with another graph than this hub builds of its declaration. Submit it again.`,
      { problems: [{ code: 'GRAPH_DIFFERS' }] },
    );
  const types = Map.groupBy(Object.entries(declaration.types), ([, type]) => kindOf(type));
  const opened: OpenRows[] = [];
  const close = async () => void (await Promise.allSettled(opened.map((rows) => rows.close())));
  try {
    for (const [kind, wanted] of types) {
      const source = sources.find((each) => each.kind === kind);
      if (!source)
        throw new HubError(
          'SUBGRAPH_INVALID',
          `${wanted.map(([name]) => name).join(', ')} of ${declaration.subgraph} cannot be served: this hub reads no source of the kind \`${kind}\`.`,
          { problems: [{ code: 'SOURCE_KIND_UNKNOWN' }] },
        );
      const classes = wanted.map(([name, type]) => ({ name, type, class: graph.classes.get(name)! }));
      opened.push(...(await source.open(version, classes)));
    }
    const subgraph = await openSubgraph({
      ...graph,
      ...serving,
      sources: opened.map(({ database }) => database),
    });
    return { ...subgraph, stop: () => subgraph.stop().finally(close) };
  } catch (error) {
    await close();
    throw error;
  }
}
