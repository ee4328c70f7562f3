import { InvalidArgumentError } from 'commander';
import type { Config } from '../../shared/config/config.js';
import { archiveFolder, type OperatorOptions } from '../../shared/evidence/archive/index.js';
import { evidenceKeysFile } from '../../shared/evidence/keys/index.js';
import { withGovernanceDatabase } from './with-governance-database.js';

/** Folder of the archives, from the settings. */
export const archivesOf = ({ DATA_DIR, EVIDENCE_ARCHIVE_FOLDER }: Config): string =>
  EVIDENCE_ARCHIVE_FOLDER ?? archiveFolder(DATA_DIR);

/** Works on months of evidence as the settings say, and tells of each step.
 *  @param folder  of the archives, where it is not that of the settings */
export function asOperator<T>(
  config: Config,
  act: (options: OperatorOptions) => Promise<T>,
  folder?: string,
): Promise<T> {
  return withGovernanceDatabase(config, (url) =>
    act({
      url,
      keys: evidenceKeysFile(config.DATA_DIR),
      folder: folder ?? archivesOf(config),
      timeZone: config.TIME_ZONE,
      onStep: (step) => void process.stderr.write(`${step}\n`),
    }),
  );
}

/** A month as it is given on the command line, YYYY-MM. */
export function readMonth(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('A month is written as 2026-01.');
}
