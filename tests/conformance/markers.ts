import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { clauses } from '../../shared/law/index.js';

/** A test that shows a clause, or a part of it. */
export interface Marker {
  readonly clause: string;
  readonly extent: 'whole' | 'part';
  readonly file: string;
  readonly test: string;
}
export interface Markers {
  readonly markers: readonly Marker[];
  /** Titles that name a clause which their test does not mark. */
  readonly unmarkedTitles: readonly string[];
}

const ID = /\b(?:HZ|QZ|CZ|JL|YN)-\d+(?:\.\d+)?[a-z]?\b/g;
const EXTENTS = { shows: 'whole', showsPartOf: 'part' } as const;

/** Reads the clauses that tests mark with `shows` and `showsPartOf`. An id in a title, comment or string marks nothing.
 *  @throws Error  a marker stands outside of a test, in one that is skipped, or names no clause that software can keep */
export function markersIn(files: readonly string[] = testFiles()): Markers {
  const markers: Marker[] = [];
  const unmarkedTitles: string[] = [];
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node, titles: readonly string[], inTest: boolean): void => {
      const title = ts.isCallExpression(node) ? titleOf(node) : undefined;
      const path = title === undefined ? titles : [...titles, title];
      const isRunning = inTest || (ts.isCallExpression(node) && isTest(node));
      const marker = ts.isCallExpression(node) ? markerOf(node) : undefined;
      if (marker) {
        if (!inTest) throw new Error(`${file}: a marker stands outside of a test: ${node.getText()}`);
        const test = titles.join(' › ');
        for (const clause of marker.ids) markers.push({ clause, extent: marker.extent, file, test });
      }
      const before = markers.length;
      ts.forEachChild(node, (child) => visit(child, path, isRunning));
      if (title === undefined || !ts.isCallExpression(node) || !isTest(node)) return;
      const marked = new Set(markers.slice(before).map(({ clause }) => clause));
      const named = [...title.matchAll(ID)].map(([id]) => id).filter((id) => clauses().get(id)?.software === 'yes');
      const missing = named.filter((id) => !marked.has(id));
      if (missing.length > 0) unmarkedTitles.push(`${file}: "${title}" does not mark ${missing.join(', ')}`);
    };
    visit(source, [], false);
  }
  return { markers, unmarkedTitles };
}

const testFiles = (): string[] =>
  globSync('tests/**/*.test.ts')
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

function markerOf(node: ts.CallExpression): { ids: string[]; extent: Marker['extent'] } | undefined {
  const name = node.expression.getText();
  if (name !== 'shows' && name !== 'showsPartOf') return undefined;
  const ids = node.arguments.map((argument) => {
    const id = ts.isStringLiteral(argument) ? argument.text : argument.getText();
    if (clauses().get(id)?.software !== 'yes') throw new Error(`${name} names ${id}, no clause that software can keep`);
    return id;
  });
  return { ids, extent: EXTENTS[name] };
}

const rootOf = ({ expression }: ts.CallExpression): string => /^\w+/.exec(expression.getText())?.[0] ?? '';
/** A test that runs: one that is skipped or only planned shows nothing. */
const isTest = (node: ts.CallExpression): boolean =>
  ['it', 'test'].includes(rootOf(node)) && !/^\w+\.(skip|todo)\b/.test(node.expression.getText());

/** The title of a test or of a group of tests. */
function titleOf(node: ts.CallExpression): string | undefined {
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return undefined;
  return isTest(node) || rootOf(node) === 'describe' ? first.text : undefined;
}
