import { readFile } from 'node:fs/promises';
import { HubError } from '../shared/kernel/index.js';
import { parseDeclaration } from '../shared/declaration/index.js';

interface DeclarationCheckFlags {
  readonly allowProposals?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Checks a file with a declaration, without a hub, and prints what is wrong as an editor shows it.
 *  @returns false for one that would be refused
 *  @throws HubError BAD_USER_INPUT for a file that cannot be read */
export async function checkDeclarationFile(
  file: string,
  { allowProposals = false, json = false }: DeclarationCheckFlags,
): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new HubError('BAD_USER_INPUT', `${file} cannot be read (${cause.code}).`, {}, { cause });
  });
  const { declaration, problems = [] } = parseDeclaration(text, { allowProposals });
  if (json) print(JSON.stringify({ publishable: declaration !== undefined && !allowProposals, problems }, null, 2));
  else {
    for (const { line, column, code, path, message } of problems)
      print(`${file}:${line}:${column} ${code} ${path} ${message}`);
    print(declaration ? `${file} is right: ${countText(declaration.types)}.` : `${problems.length} problems.`);
  }
  return declaration !== undefined;
}

const countText = (types: Readonly<Record<string, { readonly items: object }>>): string => {
  const items = Object.values(types).reduce((sum, type) => sum + Object.keys(type.items).length, 0);
  return `${Object.keys(types).length} types with ${items} items`;
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);
