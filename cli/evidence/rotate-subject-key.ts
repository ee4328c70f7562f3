import type { Command } from 'commander';
import { readConfig } from '../../shared/config/config.js';
import { rotateSubjectKey as rotateKey, subjectKeysFile } from '../../shared/evidence/keys/index.js';

/** `sharehub evidence rotate-subject-key`. */
export function rotateSubjectKey(evidence: Command): void {
  evidence
    .command('rotate-subject-key')
    .description(
      'name subjects under a new key from now on; what was recorded before is found as long as its key is kept',
    )
    .action(async () => {
      const id = await rotateKey(subjectKeysFile(readConfig().DATA_DIR));
      process.stdout.write(`${id}\n`);
    });
}
