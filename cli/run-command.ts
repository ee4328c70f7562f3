import { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';

type Register = (program: Command) => unknown;

/** Commands with their summaries and modules. Only the requested command is loaded, because most need little of the hub; the
 *  list of commands is written without loading any. */
export type Commands = Readonly<Record<string, { readonly says: string; readonly load: () => Promise<Register> }>>;

/** Longest time for a failed command to flush its output, milliseconds. */
const LINGER_MS = 2_000;

/** Runs the command line. Exit code 1 with one line on standard error when it cannot do what was asked.
 *  @param description  of the program, in one sentence
 *  @param args         arguments of the command line */
export async function runCommand(description: string, commands: Commands, args: readonly string[]): Promise<void> {
  const program = new Command('sharehub').description(description).showSuggestionAfterError().enablePositionalOptions();
  const name = (args[0] === 'help' ? args[1] : args[0]) ?? '';
  if (Object.hasOwn(commands, name)) (await commands[name]!.load())(program);
  else for (const [each, { says }] of Object.entries(commands)) program.command(each).description(says);
  process.stdout.on('error', endWithReader);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.stderr.write(`${toErrorLine(error)}\n`);
    process.exitCode = 1;
    // A command that failed ends, whatever it has left open.
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
}

/** Nobody reads on, as behind `| head`: there is nothing more to do, and nothing to say. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}

/** An error in one line: its code and what to do. An unexpected error shows its message only. */
const toErrorLine = (error: unknown): string =>
  error instanceof HubError ? `${error.code}: ${error.message}` : `INTERNAL: ${(error as Error).message}`;
