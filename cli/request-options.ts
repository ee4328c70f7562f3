import type { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';
import { personToken, withPersonOption } from './ask-as-person.js';
import type { HubRequest } from './ask-hub.js';

/** What `query` and `explain` are told beside the operation. */
export interface RequestFlags extends Omit<HubRequest, 'as' | 'query' | 'accessToken'> {
  readonly as?: string;
  readonly person?: string;
}

/** The options that `query` and `explain` share. */
export const withRequestOptions = (command: Command): Command =>
  withPersonOption(
    command.argument('<graphql>', 'the operation').option('--as <system>', 'system that asks (OpenID client id)'),
  )
    .option('--scenario <code>', 'scenario (purpose) under which it asks')
    .option('--variant <name>', 'name of a subgraph that your department tries (`sharehub dev`)')
    .option('--variables <json>', 'variables of the operation, a JSON object')
    .option('--url <address>', "the hub's address, where it is not the configured one");

/** The request that a system sends, or a person where no system is named.
 *  @throws HubError BAD_USER_INPUT where both are named; CALLER_UNKNOWN where neither is known */
export function toRequest(query: string, { as, person, ...flags }: RequestFlags): HubRequest {
  if (as === undefined) return { ...flags, as: '', query, accessToken: personToken() };
  if (person === undefined) return { ...flags, as, query };
  throw new HubError('BAD_USER_INPUT', 'Name the system that asks by --as, or a person by --person, not both.');
}
