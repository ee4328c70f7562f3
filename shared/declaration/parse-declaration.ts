import { mistakesOf, pathText, YamlDocument, type Mistake } from '../law/yaml-document.js';
import { checkDeclaration } from './check-declaration.js';
import { findProposals } from './find-proposals.js';
import { declarationSchema, type Declaration } from './declaration-schema.js';
import type { DeclarationCode, DeclarationProblem } from './declaration-problem.js';

/** Exactly one of the two. */
export type ParsedDeclaration =
  | { readonly declaration: Declaration; readonly problems?: undefined }
  | { readonly declaration?: undefined; readonly problems: readonly DeclarationProblem[] };

const MOST_BYTES = 500_000;
/** Deeper than any declaration; deeper text would exhaust the stack of its reader. */
const MOST_DEPTH = 40;
const MOST_TYPES = 200;
const MOST_ITEMS = 500;
const MOST_PROBLEMS = 200;

/** Reads a declaration. Every problem is told at once, with its place; nothing is thrown.
 *  @param options.allowProposals  takes a draft in which share types are proposed and not confirmed; never for serving it */
export function parseDeclaration(
  text: string,
  { allowProposals = false }: { readonly allowProposals?: boolean } = {},
): ParsedDeclaration {
  const whole = (code: DeclarationCode, message: string): ParsedDeclaration => ({
    problems: [{ code, path: '', line: 1, column: 1, message }],
  });
  if (Buffer.byteLength(text) > MOST_BYTES)
    return whole('DECLARATION_TOO_LARGE', `A declaration has at most ${MOST_BYTES} bytes. Split it into subgraphs.`);
  if (isNestedTooDeeply(text)) return whole('DECLARATION_NOT_YAML', 'The text is nested too deeply.');
  try {
    const document = new YamlDocument(text);
    const errors = document.syntaxErrors();
    if (errors.length > 0)
      return {
        problems: errors.slice(0, MOST_PROBLEMS).map((error) => ({ code: 'DECLARATION_NOT_YAML', path: '', ...error })),
      };
    return readDocument(document, allowProposals);
  } catch (error) {
    return error instanceof ReferenceError
      ? whole('DECLARATION_NOT_YAML', 'The text has aliases (*name); write out what they stand for.')
      : whole('DECLARATION_NOT_YAML', 'The text cannot be read as YAML.');
  }
}

function readDocument(document: YamlDocument, allowProposals: boolean): ParsedDeclaration {
  const refuse = (mistakes: readonly (Mistake & { readonly code: DeclarationCode })[]): ParsedDeclaration => ({
    problems: mistakes
      .slice(0, MOST_PROBLEMS)
      .map(({ code, path, message }) => ({ code, path: pathText(path), ...document.locate(path), message }))
      .sort((one, other) => one.line - other.line || one.column - other.column),
  });
  const malformed = (mistake: Mistake) => ({ code: 'DECLARATION_MALFORMED' as const, ...mistake });
  const content = document.toJS(false);
  const large = findTooMany(content);
  if (large) return refuse([{ code: 'DECLARATION_TOO_LARGE', ...large }]);
  const result = declarationSchema.safeParse(content ?? {}, { reportInput: true });
  if (!result.success) return refuse(result.error.issues.flatMap(mistakesOf).map(malformed));
  const mistakes = [...checkDeclaration(result.data), ...(allowProposals ? [] : findProposals(result.data))];
  return mistakes.length > 0 ? refuse(mistakes) : { declaration: result.data };
}

/** Counted before anything is checked, so that the check of a hostile text costs little. */
function findTooMany(content: unknown): Mistake | undefined {
  const types = membersOf(membersOf(content)['types']);
  const all = { ...types, ...membersOf(membersOf(content)['extends']) };
  if (Object.keys(all).length > MOST_TYPES)
    return { path: ['types'], message: `A declaration has at most ${MOST_TYPES} types. Split it into subgraphs.` };
  for (const [name, type] of Object.entries(types))
    if (Object.keys(membersOf(membersOf(type)['items'])).length > MOST_ITEMS)
      return { path: ['types', name, 'items'], message: `A type has at most ${MOST_ITEMS} items.` };
  return undefined;
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Counts brackets, dashes and indentation; a text in quotes may count too much, but not so much. */
function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > MOST_DEPTH) return true;
  }
  return text.split('\n').some((line) => /^[ ]*(?:[-?:] ){21}/.test(line) || /^ {160}/.test(line));
}
