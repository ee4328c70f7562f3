import type { Command } from 'commander';
import { readConfig } from '../../shared/config/config.js';
import { archiveMonths } from '../../shared/evidence/archive/index.js';
import { formatCount } from './format-count.js';
import { asOperator, readMonth } from './operator-options.js';

/** `sharehub evidence archive`. */
export function archive(evidence: Command): void {
  evidence
    .command('archive')
    .description('move whole months of records out of the database into signed files; never the last two')
    .requiredOption('--before <month>', 'months before this one, as 2026-01', readMonth)
    .action(async ({ before }: { before: string }) => {
      const manifests = await asOperator(readConfig(), (options) => archiveMonths(options, before));
      for (const { month, file, records, bytes } of manifests)
        process.stdout.write(`${month}  ${formatCount(records, 'record')}  ${formatCount(bytes, 'byte')}  ${file}\n`);
      if (manifests.length === 0) process.stdout.write(`Nothing before ${before} is in the database.\n`);
    });
}
