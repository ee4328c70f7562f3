import type { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';
import { readRunningSdl } from './probe/read-running-sdl.js';
import { isDeclarationFile, readDeclaration, readText } from './versions/read-declaration.js';
import {
  runVersionCommand,
  submitAndWait,
  type VersionFlags,
  withVersionOptions,
} from './versions/run-version-command.js';

interface PublishFlags extends VersionFlags {
  readonly sdl?: string;
  readonly endpoint?: string;
  readonly keyFile?: string;
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
    .argument('[subgraph]', 'name of the subgraph, or a file with a declaration, which the hub serves by itself')
    .option('--sdl <file>', 'its schema; without it the running subgraph is asked')
    .option('--endpoint <address>', 'address at which it runs')
    .option('--key-file <file>', "file with the subgraph's key, by which a running subgraph gives its schema")
    .option('--note <text>', 'what the version is for')
    .option(
      '--version <id>',
      'version to put in force, such as V-000001: by another person than the one who submitted it',
    )
    .option('--wait <seconds>', 'longest wait for the check', '60');
  withVersionOptions(command).action((subgraph: string | undefined, flags: PublishFlags) => {
    const { sdl: file, endpoint: url, note, version: id, keyFile, wait } = flags;
    if (id !== undefined)
      return runVersionCommand(flags, async (client) => [await client.act('publishVersion', '$id: String!', { id })]);
    if (isDeclarationFile(subgraph)) return publishDeclaration(subgraph, flags);
    if (subgraph === undefined || (file ?? keyFile) === undefined || url === undefined || note === undefined)
      throw new HubError(
        'BAD_USER_INPUT',
        'Name a subgraph with --endpoint, --note and --sdl or --key-file, or a declaration (education.yaml) with --note, to submit a version; or --version to put one in force.',
      );
    return runVersionCommand(flags, async (client) => {
      const sdl = file === undefined ? await readRunningSdl(subgraph, url, keyFile) : await readText(file);
      const variables = { subgraph, sdl, url, note };
      const parameters = '$subgraph: String!, $sdl: String!, $url: String!, $note: String!';
      return submitAndWait(client, client.act('submitSubgraph', parameters, variables), wait);
    });
  });
}

/** Submits a declaration that is right by itself. */
async function publishDeclaration(file: string, flags: PublishFlags): Promise<void> {
  const { note, wait } = flags;
  if (note === undefined) throw new HubError('BAD_USER_INPUT', 'Say by --note what the version is for.');
  const read = await readDeclaration(file, flags.json);
  if (!read) return void (process.exitCode = 1);
  return runVersionCommand(flags, (client) => {
    const parameters = '$subgraph: String!, $declaration: String!, $note: String!';
    const submitted = client.act('submitDeclaration', parameters, { ...read, note });
    return submitAndWait(client, submitted, wait);
  });
}
