import { Kind, OperationTypeNode, parse, type SelectionSetNode } from 'graphql';
import type { Command } from 'commander';
import { askHub, type HubAnswer } from './ask-hub.js';
import { type RequestFlags, toRequest, withRequestOptions } from './request-options.js';

/** `sharehub query`: prints the hub's answer as JSON. Items that are refused are part of an answer; the exit code is 1
 *  where there is no answer at all, or where a mutation was refused. */
export function register(program: Command): void {
  withRequestOptions(program.command('query').description('ask the hub, and print the answer as JSON')).action(
    async (query: string, flags: RequestFlags) => {
      const answer = await askHub('/graphql', toRequest(query, flags));
      process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
      if (!('data' in answer) || isRefusedMutation(query, answer)) process.exitCode = 1;
    },
  );
}

/** True where a mutation of the operation was not carried out: its result has a refusal, or it is null with an error.
 *  @param query  valid, for it was answered */
function isRefusedMutation(query: string, { data }: HubAnswer): boolean {
  const { definitions } = parse(query, { noLocation: true });
  const fields = definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION
      ? fieldsOf(definition.selectionSet)
      : [],
  );
  const results = (data ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  return fields.some(({ alias, name, selectionSet }) => {
    const result = results[(alias ?? name).value];
    if (result === undefined) return false;
    const refusals = fieldsOf(selectionSet).filter((field) => field.name.value === 'refusal');
    return result === null || refusals.some((refusal) => result[(refusal.alias ?? refusal.name).value] != null);
  });
}

const fieldsOf = (set: SelectionSetNode | undefined) =>
  (set?.selections ?? []).flatMap((selection) => (selection.kind === Kind.FIELD ? [selection] : []));
