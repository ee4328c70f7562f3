import type { Command } from 'commander';
import { HubError, type ErrorCode } from '../shared/kernel/index.js';
import { askHub } from './ask-hub.js';
import { explanationTable, type Explanation } from './explanation-table.js';
import { type RequestFlags, toRequest, withRequestOptions } from './request-options.js';

/** `sharehub explain`: says for every item of an operation whether it would be given, why, and what to do. No provider
 *  is asked for anything. @source share-rules section 3, explain mode */
export function register(program: Command): void {
  withRequestOptions(program.command('explain').description('say what an operation would be given, and why'))
    .option('--json', 'print the explanation as JSON')
    .action(async (query: string, { json, ...flags }: RequestFlags & { json?: boolean }) => {
      const { data, errors = [] } = await askHub('/explain', toRequest(query, flags));
      if (!data) throw toRefusalError(errors);
      const { columns = 140, isTTY = false } = process.stdout;
      const text = json ? JSON.stringify(data, null, 2) : explanationTable(data as Explanation, columns, isTTY);
      process.stdout.write(`${text}\n`);
    });
}

function toRefusalError(
  errors: readonly { message: string; extensions?: Readonly<Record<string, unknown>> }[],
): HubError {
  const code = (errors[0]?.extensions?.code ?? 'INTERNAL') as ErrorCode;
  return new HubError(code, errors.map(({ message }) => message).join(' ') || 'The hub gave no explanation.');
}
