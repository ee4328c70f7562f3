import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder `schema`, seen from the sources and from `dist/` alike. */
export function schemaFolder(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const schema = join(folder, 'schema');
    if (existsSync(join(schema, 'clauses.tsv'))) return schema;
    if (folder === dirname(folder)) throw new Error(`No folder schema with clauses.tsv above ${from}.`);
  }
}
