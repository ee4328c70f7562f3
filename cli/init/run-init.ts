import { join } from 'node:path';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { codeFiles } from './code-files.js';
import { declarationText } from './declaration-text.js';
import type { Draft } from './draft.js';
import { draftDeclaration } from './draft-declaration.js';
import { declaredFiles, type FolderFiles } from './folder-files.js';
import { InitRefusal } from './init-refusal.js';
import { readSource } from './sources/read-source.js';
import type { TableChoice } from './sources/source-table.js';
import { refuseExisting, writeFolder } from './write-folder.js';

export interface InitOptions extends TableChoice {
  readonly name: string;
  /** Folder in which the new one is made. */
  readonly into: string;
  readonly from: string | undefined;
  readonly department: string | undefined;
  /** A subgraph of the kit's classes instead of a declaration. */
  readonly code?: boolean | undefined;
  /** Name under which the hub has the database or service. */
  readonly source: string | undefined;
}

export interface WrittenFolder {
  readonly folder: string;
  readonly files: readonly string[];
  readonly draft: Draft;
  /** Addresses that a description of a service names; told, and never written. */
  readonly servers: readonly string[];
}

/** Drafts a department's resources and writes them into a new folder. Nothing is written when anything
 *  is wrong.
 *  @throws InitRefusal */
export async function runInit({
  name,
  into,
  from,
  code,
  department,
  source,
  ...choice
}: InitOptions): Promise<WrittenFolder> {
  if (!/^[a-z][a-z0-9-]{1,49}$/.test(name))
    throw new InitRefusal(
      'NAME_INVALID',
      `${JSON.stringify(name)} is no name for a subgraph: 2 to 50 small letters, digits and hyphens, beginning with a letter.`,
    );
  const folder = join(into, name);
  await refuseExisting(folder);
  const { kind, tables, servers = [] } = await readSource(from, choice);
  const draft = await draftDeclaration(tables, {
    subgraph: name,
    department: department ?? name,
    database: kind === 'database' ? (source ?? name) : undefined,
    service: kind === 'service' ? (source ?? name) : undefined,
  });
  const text = declarationText(draft);
  refuseInvalid(text);
  const files: FolderFiles = code ? codeFiles(draft) : declaredFiles(draft, text);
  await writeFolder(folder, files);
  return { folder, files: Object.keys(files), draft, servers };
}

/** A draft that the hub would not read is a mistake of this program, or of an option.
 *  @throws InitRefusal DRAFT_INVALID */
function refuseInvalid(text: string): void {
  const { problems } = parseDeclaration(text, { allowProposals: true });
  if (!problems) return;
  const lines = problems.slice(0, 10).map(({ code, path, message }) => `${code} ${path} ${message}`);
  throw new InitRefusal('DRAFT_INVALID', `The draft would not be read, so nothing is written: ${lines.join('; ')}`);
}
