import { readFile } from 'node:fs/promises';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { checkDeclarationFile } from '../check-declaration.js';

/** True for a file that holds a declaration, by its name. */
export const isDeclarationFile = (name: string | undefined): name is string => /\.ya?ml$/i.test(name ?? '');

/** @throws HubError BAD_USER_INPUT when the file cannot be read */
export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new HubError('BAD_USER_INPUT', `${file} cannot be read (${cause.code}).`, {}, { cause });
  });

/** Reads a declaration that is right by itself; one that is not is told of as `check` does.
 *  @returns undefined for one that is not */
export async function readDeclaration(
  file: string,
  json: boolean | undefined,
): Promise<{ readonly subgraph: string; readonly declaration: string } | undefined> {
  const text = await readText(file);
  const { declaration } = parseDeclaration(text);
  if (declaration) return { subgraph: declaration.subgraph, declaration: text };
  await checkDeclarationFile(file, { json });
  return undefined;
}
