import Table from 'cli-table3';
import { readSupergraphConfig } from '../../gateway/supergraph/index.js';
import { readConfig } from '../../shared/config/config.js';
import { HubError } from '../../shared/kernel/index.js';
import { knownHubSecret } from '../../shared/trust/hub-secret.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import type { ProbeCheck } from './probe-check.js';
import { probeSubgraph } from './probe-subgraph.js';

export interface ProbeOptions {
  readonly url: string;
  /** Name of the subgraph; the one with this address on the list where absent. */
  readonly subgraph?: string;
  readonly config: string;
  readonly json?: boolean;
  /** Milliseconds. */
  readonly timeout?: string;
}

/** `sharehub check --url`: tries a running subgraph and prints what it got wrong.
 *  @returns whether it got everything right that could be tried
 *  @throws HubError CONFIG_INVALID when the address, the name or the hub's secret is missing */
export async function runProbe({ url, subgraph, config, json, timeout }: ProbeOptions): Promise<boolean> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new HubError('CONFIG_INVALID', '--url must be an http or https address.');
  const timeoutMs = Number(timeout ?? 10_000);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1)
    throw new HubError('CONFIG_INVALID', '--timeout must be a number of milliseconds.');
  const name = subgraph ?? (await readSupergraphConfig(config)).subgraphs.find((each) => each.url === url)?.name;
  if (name === undefined)
    throw new HubError('CONFIG_INVALID', `No subgraph of ${config} has this address. Name it with --subgraph.`);
  const { DATA_DIR, HUB_SECRET } = readConfig();
  const secret = await knownHubSecret(DATA_DIR, HUB_SECRET);
  if (secret === undefined)
    throw new HubError(
      'CONFIG_INVALID',
      'There is no hub secret to sign with. Set HUB_SECRET, or DATA_DIR of the hub.',
    );
  const checks = await probeSubgraph({ url, name, key: subgraphKey(secret, name), timeoutMs });
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
