import { hash } from 'node:crypto';
import { SingleBar } from 'cli-progress';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { GRANT_MODES, HubError } from '../../shared/kernel/index.js';
import { formatCount } from './format-count.js';
import { ResumableFile } from './resumable-file.js';
import { readTime } from './read-time.js';
import { UsePages } from './use-pages.js';
import { FORMATS, toLines, writeHeader, type Format } from './use-text.js';

interface ExportFlags {
  as: string;
  scenario?: string;
  url?: string;
  format: Format;
  output: string;
  bom?: true;
  after?: string;
  from?: number;
  until?: number;
  ofScenario?: string;
  request?: string;
  department?: string;
  provider?: string;
  resource?: string;
  item?: string;
  person?: string;
  system?: string;
  subject?: string;
  mode?: string;
  outcome?: string;
  consent?: string;
}

const OUTCOMES = ['ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED'];

/** `sharehub evidence export`. */
export function exportUses(evidence: Command): void {
  evidence
    .command('export')
    .description('write the uses that a system may see into a file, newest first; what is exported is recorded too')
    .requiredOption('--as <system>', 'system that asks (OpenID client id)')
    .requiredOption('--output <file>', 'file that is made; until it is whole it is called <file>.part')
    .addOption(new Option('--format <format>', 'of the file').choices(FORMATS).default('csv'))
    .option('--bom', 'begin CSV with the mark by which spreadsheets know UTF-8')
    .option('--after <cursor>', 'go on with an interrupted export, which has said from where')
    .option('--from <time>', 'uses from then on, ISO 8601', readTime)
    .option('--until <time>', 'uses before then, ISO 8601', readTime)
    .option('--department <code>', 'uses by this department')
    .option('--provider <code>', 'uses of this department’s items')
    .option('--resource <code>', 'uses of this resource')
    .option('--item <coordinate>', 'uses of this item, Type.field', coordinate)
    .option('--of-scenario <code>', 'uses under this scenario')
    .option('--person <account>', 'uses by this officer')
    .option('--system <client>', 'uses by this system')
    .option('--subject <number>', 'uses of the records of this citizen')
    .addOption(new Option('--mode <mode>', 'uses in this mode').choices(GRANT_MODES))
    .addOption(new Option('--outcome <outcome>', 'uses with this outcome').choices(OUTCOMES))
    .option('--consent <id>', 'uses that rest on this consent of an owner')
    .option('--request <id>', 'the use with this request id')
    .option('--scenario <code>', 'scenario (purpose) under which it asks')
    .option('--url <address>', "the hub's address, where it is not the configured one")
    .action(async (flags: ExportFlags) => {
      const filter = toFilter(flags);
      const parameters = hash('sha256', JSON.stringify([flags.as, flags.format, filter]), 'base64url');
      const file = await ResumableFile.open(flags.output, parameters, flags.after);
      const done = await writePages(file, new UsePages(flags, filter), flags);
      process.stdout.write(`${formatCount(done, 'use')} in ${flags.output}\n`);
    });
}

/** Writes page after page. @throws HubError naming the cursor with which to go on, when it was ended before its end */
async function writePages(file: ResumableFile, pages: UsePages, { format, bom }: ExportFlags): Promise<number> {
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: '{bar} {value} of about {total} uses  {eta_formatted}' })
    : undefined;
  let interrupted = false;
  const interrupt = () => void (interrupted = true);
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    bar?.start((await pages.total()) ?? 0, file.uses);
    for (;;) {
      const { nodes, pageInfo } = await pages.page(file.after);
      const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
      const begins = file.isEmpty ? writeHeader(format, bom === true) : '';
      await file.add(begins + toLines(format, nodes), nodes.length, next);
      if (bar) {
        bar.setTotal(Math.max(bar.getTotal(), file.uses));
        bar.update(file.uses);
      }
      if (next === undefined) break;
      if (interrupted) throw new HubError('NOT_READY', 'The export was interrupted.');
    }
    await file.finish();
    return file.uses;
  } catch (error) {
    await file.suspend();
    if (!(error instanceof HubError) || file.after === undefined) throw error;
    const message = `${error.message} ${formatCount(file.uses, 'use')} in the unfinished file; go on with --after ${file.after}`;
    throw new HubError(error.code, message, {}, { cause: error });
  } finally {
    bar?.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** The filter as the hub takes it. */
function toFilter(flags: ExportFlags): Record<string, unknown> {
  const { from, until, department, provider, resource, item, ofScenario, person, system, subject, mode, outcome } =
    flags;
  const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return {
    from: time(from),
    until: time(until),
    department,
    provider,
    resource,
    item,
    scenario: ofScenario,
    person,
    system,
    subject,
    mode,
    outcome,
    consent: flags.consent,
    requestId: flags.request,
  };
}

function coordinate(text: string): string {
  if (/^[_A-Za-z]\w*\.[_A-Za-z]\w*$/.test(text)) return text;
  throw new InvalidArgumentError('An item is written as Type.field.');
}
