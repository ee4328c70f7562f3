import { InvalidArgumentError, type Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { evidenceFolder } from '../shared/evidence/evidence-folder.js';
import { evidenceKeysFile, readPublicKeys, rotateSigningKey } from '../shared/evidence/evidence-keys.js';
import type { Finding } from '../shared/evidence/verify/finding.js';
import { verifyEvidence, type Progress, type Verified } from '../shared/evidence/verify/verify-evidence.js';

interface VerifyFlags {
  from?: number;
  to?: number;
  folder?: string;
  keys?: string;
}

/** `sharehub evidence`: what an auditor does with the hub's records. */
export function register(program: Command): void {
  const evidence = program.command('evidence').description("check the hub's records of every use");
  evidence
    .command('verify')
    .description('say whether every record is as it was written; exit code 1 when one is not')
    .option('--from <time>', 'leave out segments that end before, ISO 8601', readTime)
    .option('--to <time>', 'leave out segments that begin after, ISO 8601', readTime)
    .option('--folder <folder>', "the records; the hub's own where unset")
    .option('--keys <file>', "public keys, as `sharehub evidence keys` prints them; the hub's own where unset")
    .action(async (flags: VerifyFlags) => {
      const { DATA_DIR } = readConfig();
      const keys = await readPublicKeys(flags.keys ?? evidenceKeysFile(DATA_DIR));
      const folder = flags.folder ?? evidenceFolder(DATA_DIR);
      const progress = showProgress(process.stderr);
      const verified = await verifyEvidence({ ...flags, folder, keys, onProgress: progress.show }).finally(
        progress.end,
      );
      process.stdout.write(report(verified));
      if (verified.findings.length > 0) process.exitCode = 1;
    });
  evidence
    .command('keys')
    .description('print the public keys under which heads were signed, for an auditor to keep elsewhere')
    .action(async () => {
      const keys = await readPublicKeys(evidenceKeysFile(readConfig().DATA_DIR));
      process.stdout.write(`${JSON.stringify({ keys }, null, 2)}\n`);
    });
  evidence
    .command('rotate-key')
    .description('sign with a new key from now on; running gateways take it up with their next head')
    .action(async () => {
      const { id } = await rotateSigningKey(evidenceKeysFile(readConfig().DATA_DIR));
      process.stdout.write(`${id}\n`);
    });
}

function report({ findings, records, chains, segments, unsigned, unfinished }: Verified): string {
  const lines = findings.map(lineOf);
  const checked = `${count(records, 'record')} of ${count(chains, 'chain')} in ${count(segments, 'segment')}`;
  if (findings.length > 0) return [...lines, `NOT WHOLE: ${checked} were good up to there.`, ''].join('\n');
  lines.push(`Whole: ${checked}.`);
  if (unsigned > 0) lines.push(`${count(unsigned, 'record')} not covered by a signed head yet.`);
  for (const writer of unfinished)
    lines.push(`Behind the last record of chain ${writer} stands an unfinished one, answered to nobody.`);
  return `${lines.join('\n')}\n`;
}

const lineOf = ({ kind, writer, file, seq, until, says }: Finding): string =>
  `${kind.padEnd(9)}  chain ${writer}  record ${until === undefined || until === seq ? seq : `${seq}-${until}`}  ${file ?? '(no file)'}: ${says}`;

const count = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;

/** How far it is, rewritten in place; nothing where nobody is watching. */
function showProgress(stream: NodeJS.WriteStream): { show: (progress: Progress) => void; end: () => void } {
  const begun = performance.now();
  let shown = -Infinity;
  return {
    show: ({ records, bytes, totalBytes }) => {
      const now = performance.now();
      if (!stream.isTTY || now - shown < 200) return;
      shown = now;
      const percent = totalBytes === 0 ? 100 : Math.floor((bytes / totalBytes) * 100);
      const speed = Math.round((records / (now - begun)) * 1000).toLocaleString('en');
      stream.write(`\r\x1b[K${percent} %  ${count(records, 'record')}  ${speed}/s`);
    },
    end: () => void (stream.isTTY && stream.write('\r\x1b[K')),
  };
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new InvalidArgumentError('A time is written as 2026-01-31 or 2026-01-31T08:00:00+08:00.');
  return time;
}
