import type { Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { HubError, type ErrorCode } from '../shared/kernel/index.js';
import { askHub } from './ask-hub.js';
import { signInPerson } from './sign-in-person.js';

/** Token of the person whom `--person` signed in. */
let signedIn: string | undefined;

/** The option by which a demo account acts in a command. */
export const withPersonOption = (command: Command): Command =>
  command
    .option('--person <account>', 'demo account that acts; without it the person whose token SHAREHUB_TOKEN is')
    .hook('preAction', async () => {
      const { person } = command.opts<{ person?: string }>();
      if (person !== undefined) signedIn = await signInPerson(person, readConfig());
    });

/** The access token of the person for whom a command asks the hub.
 *  @throws HubError CALLER_UNKNOWN */
export function personToken(): string {
  const accessToken = signedIn ?? readConfig().SHAREHUB_TOKEN;
  if (accessToken !== undefined) return accessToken;
  throw new HubError(
    'CALLER_UNKNOWN',
    'Say who asks: sign in, and give your access token in the environment variable SHAREHUB_TOKEN. On a trial hub name a demo account (--person), and where a command lets systems ask, a system (--as).',
  );
}

/** Asks the hub for the one root field of an operation, which is named `result`.
 *  @param url  the hub's address, where it is not the configured one
 *  @throws HubError with the hub's own code; NOT_READY when there is no answer */
export async function askAsPerson<T>(
  url: string | undefined,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<T> {
  const request = { as: '', query, variables: JSON.stringify(variables), accessToken: personToken() };
  const { data, errors = [] } = await askHub('/graphql', { ...request, ...(url !== undefined && { url }) });
  const [first] = errors;
  if (first || !data) {
    const code = (first?.extensions?.['code'] ?? 'INTERNAL') as ErrorCode;
    throw new HubError(code, errors.map(({ message }) => message).join(' ') || 'The hub gave no answer.');
  }
  return (data as { result: T }).result;
}
