import type { Command } from 'commander';
import { readConfig } from '../../shared/config/config.js';
import { evidenceKeysFile, readPublicKeys } from '../../shared/evidence/keys/index.js';

/** `sharehub evidence keys`. */
export function keys(evidence: Command): void {
  evidence
    .command('keys')
    .description('print the public keys under which heads were signed, for an auditor to keep elsewhere')
    .action(async () => {
      const keys = await readPublicKeys(evidenceKeysFile(readConfig().DATA_DIR));
      process.stdout.write(`${JSON.stringify({ keys }, null, 2)}\n`);
    });
}
