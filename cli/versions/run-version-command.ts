import type { Command } from 'commander';
import { withPersonOption } from '../ask-as-person.js';
import { RefusedVersion, VersionClient, type HubVersion } from './version-client.js';
import { versionMarkdown } from './version-markdown.js';
import { versionText } from './version-text.js';

export interface VersionFlags {
  readonly url?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}
/** Options of every command about versions. */
export const withVersionOptions = (command: Command): Command =>
  withPersonOption(command)
    .option('--json', 'print versions and findings as JSON')
    .option('--markdown', 'print them as a comment for a merge request')
    .option('--url <address>', "the hub's address, where it is not the configured one");

/** Runs a command about versions and prints them. Exit code 1 when governance refuses it, or a check refused a version. */
export async function runVersionCommand(
  { url, json, markdown }: VersionFlags,
  run: (client: VersionClient) => Promise<readonly HubVersion[]>,
): Promise<void> {
  try {
    const versions = await run(new VersionClient(url));
    const text = versions.map(markdown ? versionMarkdown : versionText).join('');
    process.stdout.write(json ? `${JSON.stringify(versions, null, 2)}\n` : text);
  } catch (error) {
    if (!(error instanceof RefusedVersion)) throw error;
    process.exitCode = 1;
    const { code, message, details } = error;
    if (json) process.stdout.write(`${JSON.stringify({ refusal: { code, message, details } }, null, 2)}\n`);
    else process.stderr.write([`${code}: ${message}`, ...details.map((each) => `  ${each}`), ''].join('\n'));
  }
}

/** Waits for the check of a submitted version. Exit code 1 when it is refused, or not checked in time. */
export async function submitAndWait(
  client: VersionClient,
  submitted: Promise<HubVersion>,
  seconds: string,
): Promise<HubVersion[]> {
  const version = await client.waitForCheck(await submitted, Number(seconds));
  if (version.state !== 'CHECKED') process.exitCode = 1;
  return [version];
}
