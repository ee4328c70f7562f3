import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { clauses, type Clause } from '../../shared/law/index.js';
import { citationsIn } from './citations.js';

/** Kinds of clauses that the hub keeps so far. */
const KINDS = ['catalogue', 'share-type', 'application', 'grant', 'lists', 'audit', 'security'];

/** Why a clause has no test yet, by its id: tests/conformance/open.yaml. */
const openReasons = (): Record<string, string> =>
  parse(readFileSync('tests/conformance/open.yaml', 'utf8')) as Record<string, string>;

export interface Conformance {
  /** The table, Markdown. */
  readonly text: string;
  /** Clauses that have neither a test nor a reason. */
  readonly unexplained: readonly string[];
  /** Clauses that have a reason although a test shows them. */
  readonly explainedInVain: readonly string[];
}

/** Every clause that software can keep, with the tests that show it, or the reason why none does. */
export function conformance(): Conformance {
  const tests = Map.groupBy(citationsIn(), ({ clause }) => clause);
  const reasons = openReasons();
  const kept = [...clauses().values()].filter(({ kind, software }) => software === 'yes' && KINDS.includes(kind));
  const shownBy = ({ id }: Clause): string => {
    const found = tests.get(id);
    if (!found) return `**open**: ${reasons[id] ?? ''}`;
    return found.map(({ file, test }) => `${file.replace(/^tests\//, '')}: ${test}`).join('<br>');
  };
  const sections = KINDS.map((kind) => {
    const rows = kept.filter((clause) => clause.kind === kind);
    const shown = rows.filter(({ id }) => tests.has(id)).length;
    const lines = rows.map((clause) => `| ${clause.id} | ${cell(clause.text)} | ${cell(shownBy(clause))} |`);
    return [
      `## ${kind}: ${shown} of ${rows.length}`,
      '',
      '| clause | text | shown by |',
      '| --- | --- | --- |',
      ...lines,
    ];
  });
  const shown = kept.filter(({ id }) => tests.has(id)).length;
  const text = [
    '# Clauses and the tests that show them',
    '',
    `Made from the tests by \`npm run emit\`. ${shown} of ${kept.length} clauses are shown; the others say why not.`,
    ...sections.flatMap((section) => ['', ...section]),
    '',
  ].join('\n');
  return {
    text,
    unexplained: kept.filter(({ id }) => !tests.has(id) && !reasons[id]).map(({ id }) => id),
    explainedInVain: Object.keys(reasons).filter((id) => tests.has(id)),
  };
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
