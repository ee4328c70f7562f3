import { type Command, Option } from 'commander';
import { withPersonOption } from './ask-as-person.js';
import { loadFileIntoHub, type LoadFlags } from './loading/load-file.js';

/** `sharehub load`: loads a file into a table that the hub keeps. */
export function register(program: Command): void {
  withPersonOption(
    program
      .command('load')
      .description('load a CSV, XLSX or JSON lines file into a table that the hub keeps; run again, it goes on'),
  )
    .argument('<file>', 'the file')
    .requiredOption('--subgraph <name>', 'subgraph of the table')
    .requiredOption('--type <name>', 'type of the rows')
    .addOption(
      new Option(
        '--mode <mode>',
        'append new rows only; upsert by key; full: what the file has not is marked as deleted',
      )
        .choices(['append', 'upsert', 'full'])
        .default('upsert'),
    )
    .addOption(
      new Option('--format <format>', "the file's, where its name does not say it").choices(['csv', 'xlsx', 'ndjson']),
    )
    .option('--key <key>', 'idempotency key; the hash of the file and the mode where not given')
    .option('--most-rejected <percent>', 'load the other rows where at most so many are wrong', '0')
    .option('--report <file>', 'where the report of wrong rows is written; FILE.problems.csv where not given')
    .option('--wait <seconds>', 'longest wait for the end of the load', '3600')
    .option('--json', 'print the load as JSON')
    .option('--url <address>', "the hub's address, where it is not the configured one")
    .action((file: string, flags: LoadFlags) => loadFileIntoHub(file, flags));
}
