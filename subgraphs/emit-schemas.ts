import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../shared/share/directive-definitions.js';
import { buildSubgraph } from '../shared/subgraph/index.js';
import { SUBGRAPH_NAMES, SUBGRAPHS, type SubgraphName } from './index.js';

/** The SDL that each subgraph publishes, built from its classes. */
export async function publishedSchemas(): Promise<Map<SubgraphName, string>> {
  const schemas = new Map<SubgraphName, string>();
  for (const name of SUBGRAPH_NAMES) schemas.set(name, buildSubgraph((await SUBGRAPHS[name]()).subgraph).sdl);
  return schemas;
}

/** Writes `schema/subgraphs/*.graphql`; a test finds out when they no longer agree with the classes. */
export async function emitSchemas(): Promise<void> {
  const folder = join(projectRoot(), 'schema', 'subgraphs');
  await mkdir(folder, { recursive: true });
  for (const [name, sdl] of await publishedSchemas()) await writeFile(join(folder, `${name}.graphql`), sdl);
}

if (import.meta.filename === process.argv[1]) await emitSchemas();
