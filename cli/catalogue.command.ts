import { Option, type Command } from 'commander';
import { askHub } from './ask-hub.js';
import { readCataloguePages } from './catalogue/catalogue-pages.js';
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

/** `sharehub catalogue`: the whole catalogue as a file. @source HZ-4.2b */
export function register(program: Command): void {
  const catalogue = program.command('catalogue').description('write the catalogue that is in force');
  for (const [name, subject] of Object.entries(SUBJECTS) as [CatalogueName, string][])
    catalogue
      .command(name)
      .description(`write the catalogue of ${subject} on standard output, a line for each item`)
      .requiredOption('--as <system>', 'system that asks (OpenID client id)')
      .addOption(new Option('--format <format>', 'of what is written').choices(['csv', 'ndjson']).default('csv'))
      .option('--provider <code>', 'entries of this department')
      .option('--bom', 'begin CSV with the mark by which spreadsheets know UTF-8')
      .option('--url <address>', "the hub's address, where it is not the configured one")
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
