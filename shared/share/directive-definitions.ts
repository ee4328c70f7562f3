import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildASTSchema, isSpecifiedDirective, parse, type GraphQLDirective } from 'graphql';

/** Folder that holds the project's package.json, seen from the sources and from `dist/` alike. */
export function projectRoot(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json above ${from}.`);
  }
}

/** The share directives as schema/share.graphql defines them, for a schema that applies them. */
export const shareDirectives: readonly GraphQLDirective[] = buildASTSchema(
  parse(readFileSync(join(projectRoot(), 'schema', 'share.graphql'), 'utf8')),
  { assumeValidSDL: true },
)
  .getDirectives()
  .filter((directive) => !isSpecifiedDirective(directive));
