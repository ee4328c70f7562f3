import type { HubFinding, HubVersion } from './version-client.js';

/** A version and what its check found, as a comment on a merge request. */
export function versionMarkdown({ id, subgraph, number, state, note, found }: HubVersion): string {
  const count = (severity: string) => found.filter((finding) => finding.severity === severity).length;
  return [
    `### ${code(subgraph)} ${number} (${id}): ${state}`,
    '',
    plain(note),
    '',
    `${count('ERROR')} errors, ${count('BREAKING')} breaking, ${count('OPENING')} opening, ${count('NOTE')} notes.`,
    ...(found.length === 0
      ? []
      : ['', '| | item | what | grants | recent use |', '| --- | --- | --- | --- | --- |', ...found.map(row)]),
    '',
  ].join('\n');
}

const row = (finding: HubFinding): string => {
  const { severity, code: name, coordinate, message, grants, scenarios } = finding;
  const live = grants > 0 ? `${grants}: ${scenarios.map(code).join(', ')}` : '';
  return `| ${severity} ${name} | ${coordinate === null ? '' : code(coordinate)} | ${plain(message)} | ${live} | ${plain(useText(finding))} |`;
};

/** Who used an item in the days before the check; whose uses nobody recorded is unknown. */
export function useText({ severity, usage, uses, usesSince, operations }: HubFinding): string {
  if (usage === 'UNKNOWN') return severity === 'BREAKING' || severity === 'OPENING' ? 'unknown' : '';
  if (usage === 'UNUSED') return `unused since ${usesSince}`;
  const lines = uses.map(
    ({ department, scenario, requests, lastUse }) =>
      `${department}${scenario === '' ? '' : `/${scenario}`} ${requests} (last ${lastUse})`,
  );
  const by = operations.length > 0 ? `; operations ${operations.map((hash) => hash.slice(0, 12)).join(', ')}` : '';
  return `since ${usesSince}: ${lines.join(', ')}${by}`;
}

/** Text of the hub in a cell of a table. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, (mark) => `\\${mark}`);
const code = (text: string): string => `\`${text.replace(/[`|\s]/g, '')}\``;
