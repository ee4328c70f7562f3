import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../shared/share/directive-definitions.js';
import { statedCatalogue, type StatedResource } from '../catalogue/stated-catalogue.js';

/** The catalogue that the committed schemas of the demo state; all of it is published in the demo. */
export function sampleCatalogue(): readonly StatedResource[] {
  const folder = join(projectRoot(), 'schema', 'subgraphs');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .flatMap(
      (file) => statedCatalogue(file.slice(0, -'.graphql'.length), readFileSync(join(folder, file), 'utf8')).resources,
    );
}
