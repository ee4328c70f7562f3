import Table from 'cli-table3';
import type { CompositionProblem } from '../gateway/supergraph/index.js';
import type { HubError } from '../shared/kernel/index.js';
import type { ShareProblem } from '../shared/share/share-index.js';

/** Why subgraphs do not compose, or a list of them is wrong, line by line. */
export function failureReport(error: HubError): string {
  const { errors, mistakes, file } = error.details as {
    errors?: readonly CompositionProblem[];
    mistakes?: readonly string[];
    file?: string;
  };
  if (errors?.length) {
    const lines = errors.map(({ code, message }) => `  ${code}\n    ${message}`);
    return `The subgraphs do not compose (${errors.length}):\n${lines.join('\n')}\n`;
  }
  if (mistakes?.length)
    return `${file} is wrong (${mistakes.length}):\n${mistakes.map((each) => `  ${each}`).join('\n')}\n`;
  return `${error.message}\n`;
}

/** Problems of the share rules, line by line. */
export function shareReport(problems: readonly ShareProblem[]): string {
  const lines = problems.map(({ severity, code, message, subgraph, coordinate }) => {
    return `  ${severity} ${code} ${coordinate ?? ''} (${subgraph})\n    ${message}`;
  });
  return `Share rules (${problems.length}):\n${lines.join('\n')}\n`;
}

/** Problems of the share rules as a table, and below it each consent that is missing, ready to be asked for. */
export function shareTable(problems: readonly ShareProblem[]): string {
  const table = new Table({
    head: ['subgraph', 'code', 'at', 'item', 'owner'],
    style: { head: [], border: [] },
    wordWrap: true,
  });
  for (const { subgraph, code, coordinate = '', item = '', owner = '' } of problems)
    table.push([subgraph, code, coordinate, item, owner]);
  const missing = problems.flatMap((problem) => (problem.missing ? [JSON.stringify(problem.missing)] : []));
  const others = problems.filter((problem) => !problem.missing).map(({ code, message }) => `${code} ${message}`);
  return [
    table.toString(),
    ...others,
    ...(missing.length > 0 ? [`Consents that are missing (${missing.length}):`, ...missing] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
