import type { Command } from 'commander';
import { readConfig } from '../../shared/config/config.js';
import { evidenceFolder } from '../../shared/evidence/evidence-folder.js';
import { evidenceKeysFile, readPublicKeys } from '../../shared/evidence/evidence-keys.js';
import type { Finding } from '../../shared/evidence/verify/finding.js';
import { verifyEvidence, type Verified } from '../../shared/evidence/verify/verify-evidence.js';
import { counted } from './counted.js';
import { showProgress } from './progress.js';
import { readRoots } from './read-roots.js';
import { readTime } from './read-time.js';

interface VerifyFlags {
  from?: number;
  to?: number;
  folder?: string;
  keys?: string;
  anchors?: string;
  tsaCa?: string;
}

/** `sharehub evidence verify`. */
export function verify(evidence: Command): void {
  evidence
    .command('verify')
    .description('say whether every record is as it was written; exit code 1 when one is not')
    .option('--from <time>', 'leave out segments that end before, ISO 8601', readTime)
    .option('--to <time>', 'leave out segments that begin after, ISO 8601', readTime)
    .option('--folder <folder>', "the records; the hub's own where unset")
    .option('--keys <file>', "public keys, as `sharehub evidence keys` prints them; the hub's own where unset")
    .option('--anchors <folder>', 'second store of heads; EVIDENCE_ANCHOR_FOLDER where unset')
    .option(
      '--tsa-ca <file>',
      'certificates of time-stamp authorities that are trusted, PEM; EVIDENCE_TSA_CA where unset',
    )
    .action(async (flags: VerifyFlags) => {
      const { DATA_DIR, EVIDENCE_ANCHOR_FOLDER, EVIDENCE_TSA_CA } = readConfig();
      const keys = await readPublicKeys(flags.keys ?? evidenceKeysFile(DATA_DIR));
      const roots = await readRoots(flags.tsaCa ?? EVIDENCE_TSA_CA);
      const progress = showProgress(process.stderr);
      const verified = await verifyEvidence({
        from: flags.from,
        to: flags.to,
        folder: flags.folder ?? evidenceFolder(DATA_DIR),
        keys,
        anchors: { anchorFolder: flags.anchors ?? EVIDENCE_ANCHOR_FOLDER, roots },
        onProgress: progress.show,
      }).finally(progress.end);
      process.stdout.write(report(verified, roots !== undefined));
      if (verified.findings.length > 0) process.exitCode = 1;
    });
}

function report(
  { findings, records, chains, segments, unsigned, unfinished, anchored }: Verified,
  isTrusted: boolean,
): string {
  const lines = findings.map(lineOf);
  const checked = `${counted(records, 'record')} of ${counted(chains, 'chain')} in ${counted(segments, 'segment')}`;
  if (findings.length > 0) return [...lines, `NOT WHOLE: ${checked} were good up to there.`, ''].join('\n');
  lines.push(`Whole: ${checked}.`);
  if (unsigned > 0) lines.push(`${counted(unsigned, 'record')} not covered by a signed head yet.`);
  for (const writer of unfinished)
    lines.push(`Behind the last record of chain ${writer} stands an unfinished one, answered to nobody.`);
  if (anchored.stored > 0) lines.push(`The second store has ${counted(anchored.stored, 'head')}, and all fit.`);
  if (anchored.newest) {
    const { time, authority } = anchored.newest;
    const trust = isTrusted ? '' : '; its certificate was taken on trust, since EVIDENCE_TSA_CA is not set';
    const stamps = counted(anchored.timeStamps, 'time-stamp');
    lines.push(`${stamps}, and all fit; the newest is of ${time.toISOString()} by ${authority}${trust}.`);
  }
  return `${lines.join('\n')}\n`;
}

const lineOf = ({ kind, writer, file, seq, until, says }: Finding): string =>
  `${kind.padEnd(9)}  chain ${writer}  record ${until === undefined || until === seq ? seq : `${seq}-${until}`}  ${file ?? '(no file)'}: ${says}`;
