import { Option, type Command } from 'commander';
import { withPersonOption } from './ask-as-person.js';
import { askHub } from './ask-hub.js';
import { exportCatalogue, type ExportFlags, importCatalogue, type ImportFlags } from './catalogue/catalogue-file.js';
import { readCataloguePages } from './catalogue/catalogue-pages.js';
import { stepAll, STEPS, type StepName } from './catalogue/catalogue-steps.js';
import { CATALOGUES, toCatalogueLines, type CatalogueName } from './catalogue/catalogue-text.js';
import { beginning, linesOf } from './list/list-text.js';

interface Flags {
  readonly as: string;
  readonly format: string;
  readonly provider?: string;
  readonly bom?: true;
  readonly url?: string;
}
const SUBJECTS: Readonly<Record<CatalogueName, string>> = {
  data: 'what data there is',
  sharing: 'how it is shared and opened',
};

const URL_OPTION = ['--url <address>', "the hub's address, where it is not the configured one"] as const;

/** `sharehub catalogue`: the whole catalogue as a file; a department's own, out and in, and its steps of review.
 *  @source HZ-4.2b, CZ-7a */
export function register(program: Command): void {
  const catalogue = program
    .command('catalogue')
    .description('write the catalogue that is in force; export and import your own');
  registerFiles(catalogue);
  for (const [name, subject] of Object.entries(SUBJECTS) as [CatalogueName, string][])
    catalogue
      .command(name)
      .description(`write the catalogue of ${subject} on standard output, a line for each item`)
      .requiredOption('--as <system>', 'system that asks (OpenID client id)')
      .addOption(new Option('--format <format>', 'of what is written').choices(['csv', 'ndjson']).default('csv'))
      .option('--provider <code>', 'entries of this department')
      .option('--bom', 'begin CSV with the mark by which spreadsheets know UTF-8')
      .option(...URL_OPTION)
      .action(async ({ as, format, provider, bom, url }: Flags) => {
        const ask = (query: string, variables: object) =>
          askHub('/graphql', { as, query, variables: JSON.stringify(variables), ...(url !== undefined && { url }) });
        let begins = beginning(format, bom === true, CATALOGUES[name]);
        for await (const entries of readCataloguePages(ask, provider)) {
          process.stdout.write(begins + linesOf(format, toCatalogueLines(name, entries), CATALOGUES[name]));
          begins = '';
        }
      });
}

function registerFiles(catalogue: Command): void {
  withPersonOption(
    catalogue.command('export').description("write a department's catalogue in the columns of the national guide"),
  )
    .requiredOption('--provider <code>', 'the department')
    .addOption(new Option('--format <format>', 'of the file').choices(['xlsx', 'csv']).default('xlsx'))
    .addOption(new Option('--encoding <encoding>', 'of CSV').choices(['utf-8', 'gbk']).default('utf-8'))
    .option('--output <file>', 'where it is written; standard output where unset')
    .option(...URL_OPTION)
    .action((flags: ExportFlags) => exportCatalogue(flags));
  withPersonOption(
    catalogue.command('import').description('take in entries of your department, as drafts and new revisions'),
  )
    .argument('<file>', 'CSV or XLSX, in the columns that an export has')
    .option('--dry-run', 'tell what it would do, and every fault')
    .option('--json', 'write the whole result as JSON')
    .option(...URL_OPTION)
    .action((file: string, flags: ImportFlags) => importCatalogue(file, flags));
  for (const [name, { says }] of Object.entries(STEPS) as [StepName, (typeof STEPS)[StepName]][])
    withPersonOption(catalogue.command(name).description(`${says} of a department, each judged by itself`))
      .requiredOption('--provider <code>', 'the department')
      .option(...URL_OPTION)
      .action((flags: { readonly provider: string; readonly url?: string }) => stepAll(name, flags));
}
