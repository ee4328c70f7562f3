import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { clauses, type Clause } from '../../shared/law/index.js';
import { markersIn, type Marker } from './markers.js';

export interface Conformance {
  /** The table, Markdown. */
  readonly table: string;
  /** TypeScript source of the type of all ids that a test can mark. */
  readonly idType: string;
  /** Contradictions between tests and reasons, as sentences. */
  readonly problems: readonly string[];
}

type State = 'shown' | 'partly' | 'open';
interface Account {
  readonly clause: Clause;
  readonly state: State;
  readonly tests: readonly Marker[];
  readonly reason?: string | undefined;
}

const FILES = { partly: 'tests/conformance/partly.yaml', open: 'tests/conformance/open.yaml' };

/** Accounts for every clause that software can keep: the tests that show it, or the reason why none shows all of it. */
export function conformance(): Conformance {
  const { markers, unmarkedTitles } = markersIn();
  const tests = Map.groupBy(markers, ({ clause }) => clause);
  const partly = readReasons(FILES.partly);
  const open = readReasons(FILES.open);
  const kept = [...clauses().values()].filter(({ software }) => software === 'yes');
  const accounts = kept.map((clause): Account => {
    const found = tests.get(clause.id) ?? [];
    const state = found.some(({ extent }) => extent === 'whole') ? 'shown' : found.length > 0 ? 'partly' : 'open';
    const reason = { shown: undefined, partly: partly.get(clause.id), open: open.get(clause.id) }[state];
    return { clause, state, tests: found, reason };
  });
  return {
    table: tableOf(accounts),
    idType: idTypeOf(kept.map(({ id }) => id)),
    problems: [...unmarkedTitles, ...accounts.flatMap(contradictions(partly, open)), ...strangers(kept, partly, open)],
  };
}

/** Reads why clauses are in a state: groups of clauses with one reason each.
 *  @throws Error  a clause has two reasons */
function readReasons(file: string): ReadonlyMap<string, string> {
  const groups = parse(readFileSync(file, 'utf8')) as { reason: string; clauses: string[] }[];
  const reasons = new Map<string, string>();
  for (const { reason, clauses: ids } of groups)
    for (const id of ids) {
      if (reasons.has(id)) throw new Error(`${file}: ${id} has two reasons`);
      reasons.set(id, reason);
    }
  return reasons;
}

const contradictions =
  (partly: ReadonlyMap<string, string>, open: ReadonlyMap<string, string>) =>
  ({ clause: { id }, state, tests, reason }: Account): string[] => [
    ...(state === 'shown' || reason ? [] : [`${id} is ${state}: say why in ${FILES[state]}`]),
    ...(state === 'shown' && tests.some(({ extent }) => extent === 'part')
      ? [`${id} is shown as a whole and in part: mark one of it`]
      : []),
    ...(state !== 'partly' && partly.has(id) ? [`${id} is ${state}, but ${FILES.partly} names it`] : []),
    ...(state !== 'open' && open.has(id) ? [`${id} is ${state}, but ${FILES.open} names it`] : []),
  ];

const strangers = (kept: readonly Clause[], ...reasons: ReadonlyMap<string, string>[]): string[] => {
  const known = new Set(kept.map(({ id }) => id));
  return reasons.flatMap((map) => [...map.keys()]).flatMap((id) => (known.has(id) ? [] : [`${id} is no such clause`]));
};

function tableOf(accounts: readonly Account[]): string {
  const sections = [...Map.groupBy(accounts, ({ clause }) => clause.kind)].map(([kind, rows]) => [
    `## ${kind}: ${counts(rows)}`,
    '',
    '| clause | text | state | tests, and what they do not show |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ clause, state, tests, reason }) => {
      const lines = tests.map(({ file, test }) => `${file.replace(/^tests\//, '')}: ${test}`);
      return `| ${clause.id} | ${cell(clause.text)} | ${state} | ${cell([...lines, ...(reason ? [reason] : [])].join('<br>'))} |`;
    }),
  ]);
  return [
    '# Clauses and the tests that show them',
    '',
    `${counts(accounts)}. Made by \`npm run emit\` from the tests that call \`shows\` or \`showsPartOf\`, and from the reasons in partly.yaml and open.yaml.`,
    ...sections.flatMap((section) => ['', ...section]),
    '',
  ].join('\n');
}

const counts = (accounts: readonly Account[]): string => {
  const of = (wanted: State) => accounts.filter(({ state }) => state === wanted).length;
  return `${of('shown')} shown, ${of('partly')} partly, ${of('open')} open of ${accounts.length}`;
};

const idTypeOf = (ids: readonly string[]): string =>
  ['/** A clause that software can keep. Made by `npm run emit` from schema/clauses.tsv. */', 'export type ClauseId =']
    .concat(ids.map((id, at) => `  | '${id}'${at === ids.length - 1 ? ';' : ''}`))
    .concat('')
    .join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|');
