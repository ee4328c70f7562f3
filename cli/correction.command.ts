import type { Command } from 'commander';
import { withPersonOption } from './ask-as-person.js';
import { attachFile } from './correction/attach-file.js';
import { fetchFile } from './correction/fetch-file.js';

/** `sharehub correction`: evidence files of reports of wrong data. The steps themselves are mutations of the graph. */
export function register(program: Command): void {
  const correction = program.command('correction').description('evidence files of corrections of data');
  withPersonOption(correction.command('attach').description('attach a PDF, JPEG or PNG file to a correction'))
    .argument('<file>', 'the file')
    .requiredOption('--to <correction>', 'number of the correction, e.g. K-000001')
    .option('--url <address>', "the hub's address, where it is not the configured one")
    .action((file: string, flags: { readonly to: string; readonly url?: string }) => attachFile(file, flags));
  withPersonOption(correction.command('fetch').description('fetch an evidence file'))
    .argument('<id>', 'its number, e.g. F-000001')
    .requiredOption('--output <file>', 'where it is written')
    .option('--url <address>', "the hub's address, where it is not the configured one")
    .action((id: string, flags: { readonly output: string; readonly url?: string }) => fetchFile(id, flags));
}
