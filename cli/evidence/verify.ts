import type { Command } from 'commander';
import { readConfig, type Config } from '../../shared/config/config.js';
import { evidenceFolder } from '../../shared/evidence/log/index.js';
import { evidenceKeysFile, readPublicKeys } from '../../shared/evidence/keys/index.js';
import { LocalDays } from '../../shared/evidence/store/index.js';
import { verifyDatabase, verifyEvidence, type VerifyOptions } from '../../shared/evidence/verify/index.js';
import { archivesOf } from './operator-options.js';
import { showProgress } from './progress.js';
import { readTrustedRoots } from '../../shared/evidence/anchor/index.js';
import { readTime } from './read-time.js';
import { reportOfDatabase, reportOfFolder } from './report.js';
import { verifyArchives } from './verify-archives.js';
import { withGovernanceDatabase } from './with-governance-database.js';

interface VerifyFlags {
  from?: number;
  to?: number;
  folder?: string;
  database?: true;
  againstDatabase?: true;
  archive?: string | true;
  keys?: string;
  anchors?: string;
  tsaCa?: string;
}
type Asked = Omit<VerifyFlags, 'keys' | 'anchors'> &
  Pick<VerifyOptions, 'keys' | 'anchors' | 'shipped'> & { readonly config: Config };

/** `sharehub evidence verify`. */
export function verify(evidence: Command): void {
  evidence
    .command('verify')
    .description('say whether every record is as it was written; exit code 1 when one is not')
    .option('--from <time>', 'leave out segments, or months, that end before, ISO 8601', readTime)
    .option('--to <time>', 'leave out segments, or months, that begin after, ISO 8601', readTime)
    .option('--folder <folder>', "the records; the hub's own where unset")
    .option('--database', 'check the records in the governance database instead of those in files')
    .option('--against-database', 'check both, and that the files hold what the database has of them')
    .option('--archive [folder]', "check the archives of a folder instead; the hub's own where it is not named")
    .option('--keys <file>', "public keys, as `sharehub evidence keys` prints them; the hub's own where unset")
    .option('--anchors <folder>', 'second store of heads; EVIDENCE_ANCHOR_FOLDER where unset')
    .option(
      '--tsa-ca <file>',
      'certificates of time-stamp authorities that are trusted, PEM; EVIDENCE_TSA_CA where unset',
    )
    .action(async (flags: VerifyFlags) => {
      const config = readConfig();
      const keys = await readPublicKeys(flags.keys ?? evidenceKeysFile(config.DATA_DIR));
      const roots = await readTrustedRoots(flags.tsaCa ?? config.EVIDENCE_TSA_CA);
      const anchors = { anchorFolder: flags.anchors ?? config.EVIDENCE_ANCHOR_FOLDER, roots };
      const asked: Asked = { ...flags, keys, anchors, config };
      if (flags.archive !== undefined) return inArchives(asked);
      const shipped = flags.database || flags.againstDatabase ? await inDatabase(asked) : undefined;
      if (!flags.database || flags.againstDatabase) await inFolder({ ...asked, shipped });
    });
}

async function inFolder({ from, to, folder, keys, anchors, shipped, config }: Asked): Promise<void> {
  const progress = showProgress(process.stderr);
  const verified = await verifyEvidence({
    from,
    to,
    folder: folder ?? evidenceFolder(config.DATA_DIR),
    keys,
    anchors,
    shipped,
    onProgress: progress.show,
  }).finally(progress.end);
  tell(reportOfFolder(verified, anchors?.roots !== undefined), verified.findings.length === 0);
}

/** @returns  what the database has of chains that were shipped */
async function inDatabase({ folder, keys, anchors, config, ...time }: Asked): Promise<VerifyOptions['shipped']> {
  const progress = showProgress(process.stderr);
  const verified = await withGovernanceDatabase(config, (url) =>
    verifyDatabase({
      url,
      keys,
      ...monthsOf(time, config),
      archives: archivesOf(config),
      timeZone: config.TIME_ZONE,
      anchors: { folder: folder ?? evidenceFolder(config.DATA_DIR), ...anchors },
      onProgress: ({ records, total }) => progress.show({ records, bytes: records, totalBytes: total }),
    }),
  ).finally(progress.end);
  tell(reportOfDatabase(verified), verified.findings.length === 0);
  return verified.shipped;
}

async function inArchives({ archive, keys, config, ...time }: Asked): Promise<void> {
  const folder = typeof archive === 'string' ? archive : archivesOf(config);
  const { text, isWhole } = await verifyArchives(folder, keys, monthsOf(time, config));
  tell(text, isWhole);
}

function tell(text: string, isWhole: boolean): void {
  process.stdout.write(text);
  if (!isWhole) process.exitCode = 1;
}

/** The local months of a time. */
function monthsOf({ from, to }: Pick<VerifyFlags, 'from' | 'to'>, { TIME_ZONE }: Config) {
  const days = new LocalDays(TIME_ZONE);
  const monthOf = (time: number | undefined) => (time === undefined ? undefined : days.of(time).slice(0, 7));
  return { from: monthOf(from), to: monthOf(to) };
}
