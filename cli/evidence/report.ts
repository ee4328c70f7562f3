import type { VerifiedDatabase, Finding, Verified } from '../../shared/evidence/verify/index.js';
import { formatCount } from './format-count.js';

/** Report on the evidence in a folder. */
export function reportOfFolder(verified: Verified, isTrusted: boolean): string {
  const { findings, records, chains, segments, unsigned, unfinished, anchored } = verified;
  const lines = findings.map(lineOf);
  const checked = `${formatCount(records, 'record')} of ${formatCount(chains, 'chain')} in ${formatCount(segments, 'segment')}`;
  if (findings.length > 0) return [...lines, `NOT WHOLE: ${checked} were good up to there.`, ''].join('\n');
  lines.push(`Whole: ${checked}.`);
  if (unsigned > 0) lines.push(`${formatCount(unsigned, 'record')} not covered by a signed head yet.`);
  for (const writer of unfinished)
    lines.push(`Behind the last record of chain ${writer} stands an unfinished one, answered to nobody.`);
  if (anchored.stored > 0) lines.push(`The second store has ${formatCount(anchored.stored, 'head')}, and all fit.`);
  if (anchored.newest) {
    const { time, authority } = anchored.newest;
    const trust = isTrusted ? '' : '; its certificate was taken on trust, since EVIDENCE_TSA_CA is not set';
    const stamps = formatCount(anchored.timeStamps, 'time-stamp');
    lines.push(`${stamps}, and all fit; the newest is of ${time.toISOString()} by ${authority}${trust}.`);
  }
  return `${lines.join('\n')}\n`;
}

/** Report on the evidence in the database. */
export function reportOfDatabase(verified: VerifiedDatabase): string {
  const { findings, records, chains, months, archived, expired, unsigned } = verified;
  const lines = findings.map(lineOf);
  const checked = `${formatCount(records, 'record')} of ${formatCount(chains, 'chain')} in ${formatCount(months, 'month')} of the database`;
  if (findings.length > 0) return [...lines, `NOT WHOLE: ${checked} were good up to there.`, ''].join('\n');
  lines.push(`Whole: ${checked}.`);
  if (unsigned > 0) lines.push(`${formatCount(unsigned, 'record')} of them not covered by a signed head yet.`);
  if (archived.length > 0) lines.push(`Archived, by signed manifests: ${archived.join(', ')}.`);
  if (expired.length > 0) lines.push(`Deleted by rule, by signed statements: ${expired.join(', ')}.`);
  return `${lines.join('\n')}\n`;
}

export const lineOf = ({ kind, writer, file, seq, until, message }: Finding): string =>
  `${kind.padEnd(9)}  chain ${writer}  record ${until === undefined || until === seq ? seq : `${seq}-${until}`}  ${file ?? '(no file)'}: ${message}`;
