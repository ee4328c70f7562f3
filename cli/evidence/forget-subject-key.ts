import type { Command } from 'commander';
import { readConfig } from '../../shared/config/config.js';
import { forgetSubjectKey as forgetKey, subjectKeysFile } from '../../shared/evidence/keys/index.js';
import { HubError } from '../../shared/kernel/index.js';

/** `sharehub evidence forget-subject-key`. */
export function forgetSubjectKey(evidence: Command): void {
  evidence
    .command('forget-subject-key <id>')
    .description('destroy an older key, so that what was recorded under it can no longer be linked to anybody')
    .option('--yes', 'it cannot be undone, and that is meant')
    .action(async (id: string, { yes }: { yes?: boolean }) => {
      if (!yes) {
        throw new HubError(
          'CONFIG_INVALID',
          `Nobody could find any more by an identifier what was recorded under key ${id}, for a citizen who asks either. If that is meant, say --yes.`,
        );
      }
      await forgetKey(subjectKeysFile(readConfig().DATA_DIR), id);
      process.stdout.write(`Key ${id} is forgotten. Destroy the copies of its file too.\n`);
    });
}
