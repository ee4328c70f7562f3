import { HubError } from '../../shared/kernel/index.js';
import { runVersionCommand } from './run-version-command.js';

const WAIT_SECONDS = 60;

/** Prints what the check of a submitted version found. Exit code 1 when it was refused, is not checked yet, or takes
 *  something from departments that have grants or use it. */
export function checkVersion(
  id: string,
  { json, markdown, url }: { json?: boolean | undefined; markdown?: boolean | undefined; url?: string | undefined },
): Promise<void> {
  const flags = { ...(json && { json }), ...(markdown && { markdown }), ...(url !== undefined && { url }) };
  return runVersionCommand(flags, async (client) => {
    const found = await client.find(id);
    if (!found) throw new HubError('BAD_USER_INPUT', `There is no version ${id} that you may see.`);
    const version = await client.waitForCheck(found, WAIT_SECONDS);
    const isWanted = ['PENDING', 'REFUSED'].includes(version.state);
    const isMissed = version.found.some(
      ({ severity, grants, usage }) => severity === 'BREAKING' && (grants > 0 || usage === 'USED'),
    );
    if (isWanted || isMissed) process.exitCode = 1;
    return [version];
  });
}
