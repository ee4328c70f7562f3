import { execFileSync } from 'node:child_process';
import { HubError } from '../../kernel/index.js';

/** The system account that PostgreSQL runs under; undefined fields mean: the one that runs this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

let found: Account | undefined;

/** PostgreSQL refuses to run as root, so root lends it the account `postgres`, which is created where it is missing.
 *  @throws HubError DATABASE_UNAVAILABLE when there is no such account and none can be made */
export const unprivilegedAccount = (): Account => (found ??= findAccount());

function findAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const existing = lookUp('postgres');
  if (existing) return existing;
  for (const [command, ...args] of [
    ['useradd', '--system', '--user-group', '--no-create-home', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'],
  ] as const) {
    try {
      execFileSync(command, args, { stdio: 'ignore' });
    } catch {
      continue;
    }
    const created = lookUp('postgres');
    if (created) return created;
  }
  throw new HubError(
    'DATABASE_UNAVAILABLE',
    'PostgreSQL does not run as root, and the account "postgres" could not be created. ' +
      'Run ShareHub as an ordinary user, create that account, or set DATABASE_URL.',
  );
}

function lookUp(name: string): Account | undefined {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
