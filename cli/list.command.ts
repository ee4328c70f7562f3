import { Option, type Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { importHigherList, type ImportFlags } from './list/import.js';
import { ListPages, type ListFlags } from './list/list-pages.js';
import { beginning, linesOf } from './list/list-text.js';

const KINDS = {
  responsibility: 'what each department must share',
  demand: 'what each department needs, and whether it has it',
  negative: 'what a law says cannot be shared',
} as const;

/** `sharehub list`: the three lists as files. */
export function register(program: Command): void {
  const list = program.command('list').description('write the lists of sharing; take in those of a higher level');
  for (const [name, says] of Object.entries(KINDS))
    list
      .command(name)
      .description(`write the list of ${says} on standard output`)
      .requiredOption('--as <system>', 'system that asks (OpenID client id)')
      .addOption(new Option('--format <format>', 'of what is written').choices(['csv', 'ndjson']).default('csv'))
      .option('--of <version>', 'a published version, such as L-000001; the list as it is now where unset')
      .option('--department <code>', 'lines of this department')
      .option('--bom', 'begin CSV with the mark by which spreadsheets know UTF-8')
      .option('--url <address>', "the hub's address, where it is not the configured one")
      .action(async (flags: ListFlags) => {
        let begins = beginning(flags.format, flags.bom === true);
        for await (const rows of new ListPages(name.toUpperCase(), flags).all()) {
          process.stdout.write(begins + linesOf(flags.format, rows));
          begins = '';
        }
      });
  list
    .command('import')
    .description('take in a list of a higher level, as NDJSON, from which the own one is made')
    .addOption(new Option('--kind <kind>', 'of the list').choices(Object.keys(KINDS)).makeOptionMandatory())
    .requiredOption('--file <file>', 'as `sharehub list … --format ndjson` writes it')
    .requiredOption('--published <day>', 'on which it was published there, such as 2026-03-01')
    .action((flags: ImportFlags) => importHigherList(flags, readConfig()));
}
