import type { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';
import { checkGraph } from './check-graph.js';
import { failureReport, shareTable } from './check-report.js';
import { readReleasePolicy } from './release-policy.js';

interface CheckOptions {
  readonly config: string;
  readonly publishers?: string;
  readonly json?: boolean;
  readonly proposals?: boolean;
  readonly version?: string;
  readonly markdown?: boolean;
  readonly hub?: string;
  readonly url?: string;
  readonly subgraph?: string;
  readonly timeout?: string;
  readonly keyFile?: string;
}

/** `sharehub check`: says whether a graph may be published, and what the hub would send to whom; with `--url`, what a
 *  running subgraph gets wrong; with a file, what a declaration gets wrong. Nothing is written. Exit code 1 when it may not, or something is wrong. @source share-rules section 1, rules 9 and 10 */
export function register(program: Command): void {
  program
    .command('check')
    .description('say whether the graph may be published: share rules, publishers, and the consents that are missing')
    .argument('[declaration]', 'a declaration (YAML) to check instead of the graph')
    .option('--version <id>', 'what the check of a submitted version found, such as V-000001, instead of the graph')
    .option('--markdown', 'with --version: print it as a comment for a merge request')
    .option('--hub <address>', "with --version: the hub's address, where it is not the configured one")
    .option('--proposals', 'take a declaration in which nobody has confirmed the proposed share types yet')
    .option('-c, --config <file>', "the graph's list of subgraphs", 'supergraph.yaml')
    .option('--publishers <file>', 'publishers and consents; schema/publishers.yaml beside the list where absent')
    .option('--json', 'print problems and releases, or what the probe found, as JSON')
    .option(
      '--url <address>',
      'try a running subgraph instead: does it answer the hub alone, and keep to rows and masks?',
    )
    .option('--subgraph <name>', "the subgraph's name, where its address is not on the list")
    .option(
      '--key-file <file>',
      "file with the subgraph's key, as `sharehub key` prints it, where there is no hub here",
    )
    .option('--timeout <ms>', 'longest wait for each of its answers', '10000')
    .action(async (declaration: string | undefined, flags: CheckOptions) => {
      const { config, publishers, json, url, subgraph, timeout, keyFile, proposals } = flags;
      if (declaration !== undefined) {
        const { checkDeclarationFile } = await import('./check-declaration.js');
        if (!(await checkDeclarationFile(declaration, { allowProposals: proposals, json }))) process.exitCode = 1;
        return;
      }
      if (flags.version !== undefined) {
        const { checkVersion } = await import('./versions/check-version.js');
        return checkVersion(flags.version, { json, markdown: flags.markdown, url: flags.hub });
      }
      if (url !== undefined) {
        const { runProbe } = await import('./probe/run-probe.js');
        const given = {
          ...(subgraph && { subgraph }),
          ...(json && { json }),
          ...(timeout && { timeout }),
          ...(keyFile && { keyFile }),
        };
        if (!(await runProbe({ url, config, ...given }))) process.exitCode = 1;
        return;
      }
      try {
        const { shares, subgraphs } = await checkGraph(config, () => readReleasePolicy(config, publishers));
        const { problems = [], notes = [], releases = [] } = shares ?? {};
        const refused = problems.some(({ severity }) => severity === 'error');
        if (refused) process.exitCode = 1;
        if (json)
          return print(
            JSON.stringify({ publishable: shares !== undefined && !refused, problems, notes, releases }, null, 2),
          );
        if (!shares)
          return print('No subgraph states share types, so this graph can be served with --permissive only.');
        if (problems.length > 0) process.stdout.write(shareTable(problems));
        for (const { code, message, subgraph } of notes) print(`${code} (${subgraph}) ${message}`);
        const consented = releases.filter(({ needsConsent }) => needsConsent).length;
        if (!refused)
          print(
            `${subgraphs.length} subgraphs may be published; ${consented} releases rest on a consent of the owner.`,
          );
      } catch (error) {
        if (!(error instanceof HubError)) throw error;
        process.exitCode = 1;
        const { errors } = error.details;
        if (json)
          print(JSON.stringify({ publishable: false, problems: errors ?? [error.message], releases: [] }, null, 2));
        else process.stderr.write(failureReport(error));
      }
    });
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
