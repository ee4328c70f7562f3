import { readFile, writeFile } from 'node:fs/promises';
import { HubError } from '../../shared/kernel/index.js';
import { askAsPerson } from '../ask-as-person.js';

export interface ExportFlags {
  readonly provider: string;
  readonly format: string;
  readonly encoding: string;
  readonly output?: string;
  readonly url?: string;
}
export interface ImportFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly url?: string;
}

/** Writes a department's catalogue into a file, or on standard output. */
export async function exportCatalogue({ provider, format, encoding, output, url }: ExportFlags): Promise<void> {
  const query = `query ($provider: String!, $format: CatalogueFileFormat!, $encoding: CsvEncoding!) {
    result: catalogueFile(provider: $provider, format: $format, encoding: $encoding) { content entries rows } }`;
  const variables = { provider, format: format.toUpperCase(), encoding: encoding === 'gbk' ? 'GBK' : 'UTF_8' };
  const file = await askAsPerson<CatalogueFile | null>(url, query, variables);
  if (!file) throw new HubError('INTERNAL', 'The hub gave no file.');
  const content = Buffer.from(file.content, 'base64');
  if (output === undefined) return void process.stdout.write(content);
  await writeFile(output, content);
  process.stderr.write(`${output}: ${file.entries} entries, ${file.rows} rows\n`);
}
interface CatalogueFile {
  readonly content: string;
  readonly entries: number;
  readonly rows: number;
}

interface ImportResult {
  readonly import: {
    readonly added: number;
    readonly changed: number;
    readonly untouched: number;
    readonly entries: readonly {
      readonly code: string;
      readonly name: string;
      readonly outcome: string;
      readonly itemsAdded: number;
      readonly itemsChanged: number;
      readonly itemsRemoved: number;
    }[];
    readonly faults: readonly {
      readonly row: number | null;
      readonly column: string | null;
      readonly value: string | null;
      readonly code: string;
      readonly message: string;
    }[];
  } | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** Takes a file of entries in, or tells what that would do. Exit code 1 where the file has faults. */
export async function importCatalogue(file: string, { dryRun = false, json, url }: ImportFlags): Promise<void> {
  const mutation = `mutation ($content: String!, $dryRun: Boolean!) {
    result: importCatalogue(content: $content, dryRun: $dryRun) {
      import { added changed untouched plan entries { code name outcome version itemsAdded itemsChanged itemsRemoved }
        faults { row column value code message } } refusal { code message } } }`;
  const content = (await readFile(file)).toString('base64');
  const result = await askAsPerson<ImportResult>(url, mutation, { content, dryRun });
  const faults = result.import?.faults ?? [];
  if (result.refusal || faults.length > 0) process.exitCode = 1;
  if (json) return void process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  for (const { row, column, value, code, message } of faults)
    process.stderr.write(`${[row ?? '-', column ?? '-', value ?? '-', code, message].join('\t')}\n`);
  if (result.refusal) process.stderr.write(`${result.refusal.code}: ${result.refusal.message}\n`);
  else process.stdout.write(importText(result.import!, dryRun));
}

const importText = ({ added, changed, untouched, entries }: NonNullable<ImportResult['import']>, dryRun: boolean) =>
  [
    ...entries
      .filter(({ outcome }) => outcome !== 'UNTOUCHED')
      .map(
        ({ code, name, outcome, itemsAdded, itemsChanged, itemsRemoved }) =>
          `${code}\t${outcome}\t${name}\titems +${itemsAdded} ~${itemsChanged} -${itemsRemoved}`,
      ),
    `${dryRun ? 'Dry run: ' : ''}${added} added, ${changed} changed, ${untouched} untouched`,
    '',
  ].join('\n');
