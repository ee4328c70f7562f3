import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';
import {
  runVersionCommand,
  submitAndWait,
  type VersionFlags,
  withVersionOptions,
} from './versions/run-version-command.js';

interface PublishFlags extends VersionFlags {
  readonly sdl?: string;
  readonly endpoint?: string;
  readonly note?: string;
  readonly version?: string;
  readonly wait: string;
}

/** `sharehub publish`: submits a version of a subgraph and waits for its check; with `--version`, another person puts it in
 *  force. */
export function register(program: Command): void {
  const command = program
    .command('publish')
    .description(
      'submit a version of a subgraph and say what its check finds; with --version, put a checked one in force',
    )
    .argument('[subgraph]', 'name of the subgraph')
    .option('--sdl <file>', 'its schema')
    .option('--endpoint <address>', 'address at which it runs')
    .option('--note <text>', 'what the version is for')
    .option(
      '--version <id>',
      'version to put in force, such as V-000001: by another person than the one who submitted it',
    )
    .option('--wait <seconds>', 'longest wait for the check', '60');
  withVersionOptions(command).action((subgraph: string | undefined, flags: PublishFlags) => {
    const { sdl, endpoint: url, note, version: id, wait } = flags;
    if (id !== undefined)
      return runVersionCommand(flags, async (client) => [await client.act('publishVersion', '$id: String!', { id })]);
    if (subgraph === undefined || sdl === undefined || url === undefined || note === undefined)
      throw new HubError(
        'BAD_USER_INPUT',
        'Name a subgraph with --sdl, --endpoint and --note to submit a version, or --version to put one in force.',
      );
    return runVersionCommand(flags, async (client) => {
      const variables = { subgraph, sdl: await readSdl(sdl), url, note };
      const parameters = '$subgraph: String!, $sdl: String!, $url: String!, $note: String!';
      return submitAndWait(client, client.act('submitSubgraph', parameters, variables), wait);
    });
  });
}

const readSdl = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new HubError('BAD_USER_INPUT', `${file} cannot be read (${cause.code}).`, {}, { cause });
  });
