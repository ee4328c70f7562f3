import { Option, type Command } from 'commander';
import { readConfig } from '../../shared/config/config.js';
import {
  evidenceKeysFile,
  rotateSigningKey,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
} from '../../shared/evidence/keys/index.js';
import { HubError } from '../../shared/kernel/index.js';

/** `sharehub evidence rotate-key`. */
export function rotateKey(evidence: Command): void {
  evidence
    .command('rotate-key')
    .description('sign with a new key from now on; running gateways take it up with their next head')
    .addOption(
      new Option('--algorithm <algorithm>', 'that of EVIDENCE_ALGORITHM, else of the key before, where unset').choices(
        SIGNATURE_ALGORITHMS,
      ),
    )
    .action(async ({ algorithm }: { algorithm?: SignatureAlgorithm }) => {
      const { DATA_DIR, EVIDENCE_ALGORITHM: set } = readConfig();
      if (algorithm && set && algorithm !== set) {
        throw new HubError(
          'CONFIG_INVALID',
          `EVIDENCE_ALGORITHM=${set} would be back in force at the next start. Change the setting first.`,
        );
      }
      const { id } = await rotateSigningKey(evidenceKeysFile(DATA_DIR), algorithm ?? set);
      process.stdout.write(`${id}\n`);
    });
}
