import Table from 'cli-table3';
import { readSupergraphConfig } from '../../gateway/supergraph/index.js';
import { HubError } from '../../shared/kernel/index.js';
import type { ProbeCheck } from './probe-check.js';
import { probeSubgraph } from './probe-subgraph.js';
import { readKey } from './read-key.js';

export interface ProbeOptions {
  readonly url: string;
  /** Name of the subgraph; the one with this address on the list where absent. */
  readonly subgraph?: string;
  readonly config: string;
  readonly json?: boolean;
  /** Milliseconds. */
  readonly timeout?: string;
  /** File that holds the subgraph's key; it derives from the hub's secret where absent. */
  readonly keyFile?: string;
}

/** `sharehub check --url`: tries a running subgraph and prints what it got wrong.
 *  @returns whether it got everything right that could be tried
 *  @throws HubError CONFIG_INVALID when the address, the name or the key is missing */
export async function runProbe({ url, subgraph, config, json, timeout, keyFile }: ProbeOptions): Promise<boolean> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new HubError('CONFIG_INVALID', '--url must be an http or https address.');
  const timeoutMs = Number(timeout ?? 10_000);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1)
    throw new HubError('CONFIG_INVALID', '--timeout must be a number of milliseconds.');
  const name = subgraph ?? (await readSupergraphConfig(config)).subgraphs.find((each) => each.url === url)?.name;
  if (name === undefined)
    throw new HubError('CONFIG_INVALID', `No subgraph of ${config} has this address. Name it with --subgraph.`);
  const key = await readKey(name, keyFile);
  const checks = await probeSubgraph({ url, name, key, timeoutMs });
  const accepted = checks.every(({ result }) => result !== 'wrong');
  process.stdout.write(json ? `${JSON.stringify({ subgraph: name, accepted, checks }, null, 2)}\n` : toTable(checks));
  return accepted;
}

function toTable(checks: readonly ProbeCheck[]): string {
  const table = new Table({ head: ['tried', 'result', 'code', ''], style: { head: [], border: [] }, wordWrap: true });
  for (const { check, result, code = '', message = '' } of checks) table.push([check, result, code, message]);
  const wrong = checks.filter(({ result }) => result === 'wrong').length;
  const missed = checks.filter(({ result }) => result === 'not tried').length;
  const verdict = wrong === 0 ? 'It got nothing wrong' : `It got ${wrong} of ${checks.length} wrong`;
  return `${table.toString()}\n${verdict}${missed > 0 ? `; ${missed} could not be tried` : ''}.\n`;
}
