import { spawn } from 'node:child_process';
import type { Account } from './account.js';

/** Runs one of PostgreSQL's programs under an account and waits until it has ended, also when it is told to give up, so
 *  that what it was writing can be removed. It stands outside this process's terminal: a Ctrl-C is this process's to act
 *  on.
 *  @param signal  tells the program to end
 *  @throws Error with what the program said when it fails; the signal's reason when that ended it */
export async function runProgram(
  program: string,
  args: readonly string[],
  account: Account,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(program, args, {
    ...account,
    cwd: '/',
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2_000)));
  const end = () => void child.kill('SIGTERM');
  signal?.addEventListener('abort', end, { once: true });
  try {
    // Not until its output is closed: a server that it leaves behind may keep that open.
    const failure = await new Promise<Error | undefined>((resolve) => {
      child.once('error', resolve);
      child.once('exit', (code, by) =>
        resolve(code === 0 ? undefined : new Error(`${program} ended with ${by ?? code}. ${said}`.trim())),
      );
    });
    signal?.throwIfAborted();
    if (failure) throw failure;
  } finally {
    signal?.removeEventListener('abort', end);
    child.stderr.destroy();
  }
}
