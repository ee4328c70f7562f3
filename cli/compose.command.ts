import { rename, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { FetchSdl } from '../gateway/supergraph/index.js';
import { HubError } from '../shared/kernel/index.js';
import type { ShareProblem } from '../shared/share/share-index.js';
import { checkGraph, type CheckedGraph } from './check-graph.js';
import { failureReport, shareReport } from './check-report.js';
import { readReleasePolicy } from './release-policy.js';

/** Dependencies of the command. */
export interface ComposePorts {
  /** Reads SDL from subgraphs that are listed by address; as the hub, where its secret is known, by default. */
  readonly fetchSdl?: FetchSdl;
  /** Problems found in the graph's share rules. */
  readonly checkShares?: (graph: CheckedGraph) => readonly ShareProblem[];
  readonly out?: (text: string) => void;
  readonly err?: (text: string) => void;
}

/** `sharehub compose`: composes the graph's subgraphs and prints the supergraph, or every reason why not.
 *  Exit code 1 when there is no supergraph; then nothing is written. */
export function composeCommand(ports: ComposePorts = {}): Command {
  return new Command('compose')
    .description('compose the subgraphs of a supergraph.yaml into one supergraph')
    .option('-c, --config <file>', "the graph's list of subgraphs", 'supergraph.yaml')
    .option('--publishers <file>', 'publishers and consents; schema/publishers.yaml beside the list where absent')
    .option('-o, --output <file>', 'write the supergraph there instead of printing it')
    .action(async (options: ComposeOptions) => {
      if (!(await compose(options, ports))) process.exitCode = 1;
    });
}

interface ComposeOptions {
  readonly config: string;
  readonly publishers?: string;
  readonly output?: string;
}

async function compose({ config, publishers, output }: ComposeOptions, ports: ComposePorts): Promise<boolean> {
  const {
    fetchSdl,
    checkShares = ({ shares }) => shares?.problems ?? [],
    out = (text) => void process.stdout.write(text),
    err = (text) => void process.stderr.write(text),
  } = ports;
  try {
    const graph = await checkGraph(config, () => readReleasePolicy(config, publishers), fetchSdl);
    const { subgraphs, supergraphSdl } = graph;
    if (graph.shares) {
      const problems = checkShares(graph);
      if (problems.length > 0) err(shareReport(problems));
      if (problems.some(({ severity }) => severity === 'error')) return false;
    } else err('No subgraph states share types, so this graph can be served with --permissive only.\n');
    if (output === undefined) out(`${supergraphSdl}\n`);
    else await writeWhole(output, `${supergraphSdl}\n`);
    if (output !== undefined) err(`Composed ${subgraphs.length} subgraphs into ${output}.\n`);
    return true;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    err(failureReport(error));
    return false;
  }
}

/** Writes beside the file and renames, so that whoever watches it never sees half a supergraph. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (cause) {
    throw new HubError(
      'CONFIG_INVALID',
      `${file} cannot be written (${(cause as NodeJS.ErrnoException).code}).`,
      {},
      { cause },
    );
  }
}
