import { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';

/** Every command and where it lives. Only the one that is asked for is loaded: most need little of the hub. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => unknown>>> = {
  start: async () => (await import('./start.command.js')).register,
  gateway: async () => (await import('./gateway.command.js')).register,
  compose: async () => {
    const { composeCommand } = await import('./compose.command.js');
    return (program) => program.addCommand(composeCommand());
  },
  token: async () => (await import('./token.command.js')).register,
  query: async () => (await import('./query.command.js')).register,
  explain: async () => (await import('./explain.command.js')).register,
};

/** Runs the command line. Exit code 1 with one line on standard error when it cannot do what was asked.
 *  @param args  what stands after the command's name */
export async function main(args: readonly string[]): Promise<void> {
  const program = new Command('sharehub')
    .description('ShareHub: departments publish, one query crosses them, share types decide.')
    .showSuggestionAfterError()
    .showHelpAfterError('Run with --help to see what it takes.');
  const wanted = Object.hasOwn(COMMANDS, args[0] ?? '') ? [COMMANDS[args[0]!]!] : Object.values(COMMANDS);
  for (const load of wanted) (await load())(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.stderr.write(`${line(error)}\n`);
    process.exitCode = 1;
  }
}

/** An error in one line: its code and what to do. A fault of the command itself shows no more than its message. */
const line = (error: unknown): string =>
  error instanceof HubError ? `${error.code}: ${error.message}` : `INTERNAL: ${(error as Error).message}`;

await main(process.argv.slice(2));
