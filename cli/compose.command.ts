import { rename, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { GraphQLSchema } from 'graphql';
import {
  readShareRules,
  composeGraph,
  type CompositionProblem,
  readSupergraphConfig,
  buildConsumerSchema,
  sdlOverHttp,
  loadSubgraphs,
  type FetchSdl,
  type LoadedSubgraph,
} from '../gateway/supergraph/index.js';
import { HubError } from '../shared/kernel/index.js';
import { SHARE_SPEC } from '../shared/share/share-spec.js';
import { knownHubSecret } from '../shared/trust/hub-secret.js';
import { registrationHeaders } from '../shared/trust/registration.js';
import { readConfig } from '../shared/config/config.js';
import type { ShareProblem } from '../shared/share/share-index.js';

/** What the command needs from elsewhere. */
export interface ComposePorts {
  /** Reads SDL from subgraphs that are listed by address; as the hub, where its secret is known, by default. */
  readonly fetchSdl?: FetchSdl;
  /** What is wrong with the subgraphs' share rules, given the consumers' schema. */
  readonly checkShares?: (subgraphs: readonly LoadedSubgraph[], schema: GraphQLSchema) => readonly ShareProblem[];
  readonly out?: (text: string) => void;
  readonly err?: (text: string) => void;
}

/** `sharehub compose`: composes the graph's subgraphs and prints the supergraph, or every reason why not.
 *  Exit code 1 when there is no supergraph; then nothing is written. */
export function composeCommand(ports: ComposePorts = {}): Command {
  return new Command('compose')
    .description('compose the subgraphs of a supergraph.yaml into one supergraph')
    .option('-c, --config <file>', "the graph's list of subgraphs", 'supergraph.yaml')
    .option('-o, --output <file>', 'write the supergraph there instead of printing it')
    .action(async ({ config, output }: { config: string; output?: string }) => {
      if (!(await compose(config, output, ports))) process.exitCode = 1;
    });
}

async function compose(config: string, output: string | undefined, ports: ComposePorts): Promise<boolean> {
  const {
    fetchSdl = await sdlAsHub(),
    checkShares = (subgraphs, schema) => readShareRules(subgraphs, schema).problems,
    out = (text) => void process.stdout.write(text),
    err = (text) => void process.stderr.write(text),
  } = ports;
  try {
    const subgraphs = await loadSubgraphs(await readSupergraphConfig(config), { fetchSdl });
    const { supergraphSdl, publicSdl } = composeGraph(subgraphs);
    if (subgraphs.some(({ sdl }) => sdl.includes(SHARE_SPEC))) {
      const problems = checkShares(subgraphs, buildConsumerSchema(publicSdl));
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

/** Subgraphs show their SDL to nobody but the hub. */
async function sdlAsHub(): Promise<FetchSdl> {
  const { DATA_DIR, HUB_SECRET } = readConfig();
  const secret = await knownHubSecret(DATA_DIR, HUB_SECRET);
  return sdlOverHttp(secret === undefined ? {} : { authorise: registrationHeaders(secret) });
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

function failureReport(error: HubError): string {
  const { errors, mistakes, file } = error.details as {
    errors?: readonly CompositionProblem[];
    mistakes?: readonly string[];
    file?: string;
  };
  if (errors?.length) {
    const lines = errors.map(({ code, message }) => `  ${code}\n    ${message}`);
    return `The subgraphs do not compose (${errors.length}):\n${lines.join('\n')}\n`;
  }
  if (mistakes?.length)
    return `${file} is wrong (${mistakes.length}):\n${mistakes.map((each) => `  ${each}`).join('\n')}\n`;
  return `${error.message}\n`;
}

function shareReport(problems: readonly ShareProblem[]): string {
  const lines = problems.map(({ severity, code, message, subgraph, coordinate }) => {
    return `  ${severity} ${code} ${coordinate ?? ''} (${subgraph})\n    ${message}`;
  });
  return `Share rules (${problems.length}):\n${lines.join('\n')}\n`;
}
