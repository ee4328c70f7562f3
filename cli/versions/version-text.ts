import type { HubVersion } from './version-client.js';
import { useText } from './version-markdown.js';

/** A version and what its check found, for people to read. */
export function versionText({ id, subgraph, number, kind, state, note, found }: HubVersion): string {
  const kindText = kind === 'SUBMISSION' ? '' : ` ${kind.toLowerCase()}`;
  const lines = found.map((finding) => {
    const { severity, code, message, grants, scenarios } = finding;
    const uses = useText(finding);
    const live = grants > 0 ? ` Live grants: ${grants} (${scenarios.join(', ')}).` : '';
    return `  ${severity} ${code}: ${message}${live}${uses === '' ? '' : ` Recent use: ${uses}.`}`;
  });
  return [`${id} ${subgraph} ${number}${kindText} ${state}: ${note}`, ...lines].map((line) => `${line}\n`).join('');
}
