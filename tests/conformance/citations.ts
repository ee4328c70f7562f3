import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { clauses } from '../../shared/law/index.js';

/** A test that shows that a clause is kept. */
export interface Citation {
  readonly clause: string;
  readonly file: string;
  readonly test: string;
}

const ID = /\b(?:HZ|QZ|CZ|JL|YN)-\d+(?:\.\d+)?[a-z]?\b/g;
/** These show what bad profiles and files are; the ids in them are examples. */
const NOT_CITING = /^tests\/(law\/|conformance\/conformance\.)/;

/** Every clause id that stands in a test: in its title, or in a comment or text beside what it asserts.
 *  A whole article, such as CZ-11, shows none of its clauses.
 *  @throws Error  there is no such clause and no such article */
export function citationsIn(files: readonly string[] = testFiles()): Citation[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Citation[] = [];
    const visit = (node: ts.Node, titles: readonly string[]): void => {
      const title = ts.isCallExpression(node) ? titleOf(node) : undefined;
      const path = title === undefined ? titles : [...titles, title];
      if (ts.isCallExpression(node) && title !== undefined && isTest(node)) {
        const cited = new Set([...path.join(' ').matchAll(ID), ...node.getText().matchAll(ID)].map(([id]) => id));
        for (const clause of cited) found.push({ clause, file, test: path.join(' › ') });
        return;
      }
      ts.forEachChild(node, (child) => visit(child, path));
    };
    visit(source, []);
    return found.filter(({ clause, test }) => {
      if (clauses().has(clause)) return true;
      if ([...clauses().keys()].some((id) => id.startsWith(clause))) return false;
      throw new Error(`${file}: "${test}" cites ${clause}, which is no clause`);
    });
  });
}

const testFiles = (): string[] =>
  globSync('tests/**/*.test.ts')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !NOT_CITING.test(file))
    .sort();

const rootOf = ({ expression }: ts.CallExpression): string => /^\w+/.exec(expression.getText())?.[0] ?? '';
const isTest = (node: ts.CallExpression): boolean => ['it', 'test'].includes(rootOf(node));

/** The title of a test or a group of tests. */
function titleOf(node: ts.CallExpression): string | undefined {
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return undefined;
  return isTest(node) || rootOf(node) === 'describe' ? first.text : undefined;
}
