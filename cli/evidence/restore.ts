import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../../shared/config/config.js';
import { restoreMonth } from '../../shared/evidence/archive/index.js';
import { asOperator, readMonth } from './operator-options.js';

/** `sharehub evidence restore`. */
export function restore(evidence: Command): void {
  evidence
    .command('restore')
    .description('read an archive back into the database; one that was altered is refused')
    .argument('<month>', 'the month, as 2026-01, or the file of its archive')
    .action(async (asked: string) => {
      const isFile = /\.ndjson\.gz$/.test(asked);
      const month = readMonth(isFile ? basename(asked, '.ndjson.gz') : asked);
      const folder = isFile ? dirname(asked) : undefined;
      const isDone = await asOperator(readConfig(), (options) => restoreMonth(options, month), folder);
      process.stdout.write(isDone ? `${month} is in the database again.\n` : `${month} is in the database already.\n`);
    });
}
