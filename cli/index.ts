import { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';

/** Same as in `sharehub.js`, which finds a newer Node itself; `npm start` comes here directly. */
const OLDEST_NODE = [24, 2] as const;

type Register = (program: Command) => unknown;

/** Every command with its summary and its module. Only the requested command is loaded, because most need little of the
 *  hub; the list of commands is written without loading any. */
const COMMANDS: Readonly<Record<string, { readonly says: string; readonly load: () => Promise<Register> }>> = {
  start: {
    says: 'start everything in one go, with demo data',
    load: async () => (await import('./start.command.js')).register,
  },
  token: {
    says: 'print an access token of a system',
    load: async () => (await import('./token.command.js')).register,
  },
  query: {
    says: 'ask the hub',
    load: async () => (await import('./query.command.js')).register,
  },
  explain: {
    says: 'say what an operation would be given, and why',
    load: async () => (await import('./explain.command.js')).register,
  },
  key: {
    says: 'print the key that the hub shares with a subgraph',
    load: async () => (await import('./key.command.js')).register,
  },
  compose: {
    says: 'compose subgraphs into a supergraph',
    load: async () => {
      const { composeCommand } = await import('./compose.command.js');
      return (program) => program.addCommand(composeCommand());
    },
  },
  check: {
    says: 'say whether a graph may be published, and what it would send to whom',
    load: async () => (await import('./check.command.js')).register,
  },
  evidence: {
    says: "check the hub's records of every use",
    load: async () => (await import('./evidence.command.js')).register,
  },
  list: {
    says: 'write the lists of sharing, and take in those of a higher level',
    load: async () => (await import('./list.command.js')).register,
  },
  catalogue: {
    says: 'write the catalogue: what data there is, and how it is shared and opened',
    load: async () => (await import('./catalogue.command.js')).register,
  },
  dev: {
    says: 'start everything, and restart what changes as you edit it',
    load: async () => (await import('./dev.command.js')).register,
  },
  subgraphs: {
    says: 'serve the subgraphs alone',
    load: async () => (await import('./subgraphs.command.js')).register,
  },
  worker: {
    says: 'ship evidence into the database and sign it',
    load: async () => (await import('./worker.command.js')).register,
  },
  gateway: {
    says: 'serve a graph, the gateway alone',
    load: async () => (await import('./gateway.command.js')).register,
  },
};

/** Longest time for a failed command to flush its output, milliseconds. */
const LINGER_MS = 2_000;

/** Runs the command line. Exit code 1 with one line on standard error when it cannot do what was asked.
 *  @param args  arguments of the command line */
async function main(args: readonly string[]): Promise<void> {
  const program = new Command('sharehub')
    .description('ShareHub: departments publish, one query crosses them, share types decide.')
    .showSuggestionAfterError();
  const name = (args[0] === 'help' ? args[1] : args[0]) ?? '';
  if (Object.hasOwn(COMMANDS, name)) (await COMMANDS[name]!.load())(program);
  else for (const [each, { says }] of Object.entries(COMMANDS)) program.command(each).description(says);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.stderr.write(`${toErrorLine(error)}\n`);
    process.exitCode = 1;
    // A command that failed ends, whatever it has left open.
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
}

/** An error in one line: its code and what to do. An unexpected error shows its message only. */
const toErrorLine = (error: unknown): string =>
  error instanceof HubError ? `${error.code}: ${error.message}` : `INTERNAL: ${(error as Error).message}`;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) await main(process.argv.slice(2));
else {
  process.stderr.write(
    `ShareHub needs Node ${OLDEST_NODE.join('.')} or later, and this is ${process.version}. Run \`npm ci\`, which brings one along, or install Node 24.\n`,
  );
  process.exitCode = 1;
}
