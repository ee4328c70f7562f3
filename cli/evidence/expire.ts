import type { Command } from 'commander';
import { readConfig, type Config } from '../../shared/config/config.js';
import { expireMonths, retentionOf, type Retention } from '../../shared/evidence/archive/index.js';
import { readProfile } from '../../shared/law/profile/read-profile.js';
import { asOperator, readMonth } from './operator-options.js';

/** `sharehub evidence expire`. */
export function expire(evidence: Command): void {
  evidence
    .command('expire')
    .description('delete archives whose retention is over; a signed statement stays in their place')
    .requiredOption('--before <month>', 'archives of months before this one, as 2026-01', readMonth)
    .action(async ({ before }: { before: string }) => {
      const config = readConfig();
      const retention = retentionIn(config);
      const months = await asOperator(config, (options) => expireMonths(options, before, retention));
      const said = months.length === 0 ? `There is no archive before ${before}.` : `Deleted: ${months.join(', ')}.`;
      process.stdout.write(`${said} Kept by ${retention.basis.join(', ')}.\n`);
    });
}

/** Period for which evidence is kept, from the settings and the profile. */
const retentionIn = ({ EVIDENCE_RETENTION, SHAREHUB_PROFILE }: Config): Retention =>
  retentionOf(EVIDENCE_RETENTION, readProfile(SHAREHUB_PROFILE).evidence?.retention);
