import type { Command } from 'commander';
import { InitRefusal } from './init/init-refusal.js';
import { runInit, type WrittenFolder } from './init/run-init.js';

interface InitFlags {
  readonly from?: string;
  readonly table: readonly string[];
  readonly key: readonly string[];
  readonly department?: string;
  readonly source?: string;
  readonly code?: boolean;
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value];

/** `sharehub init`: drafts a department's resources from what it has. Nothing is sent to the hub, and nothing of the draft
 *  holds before a person has confirmed it. */
export function register(program: Command): void {
  program
    .command('init')
    .description('draft the resources of a department in a new folder, from a database, a service, a file or nothing')
    .argument('<name>', 'name of the subgraph, and of the folder')
    .option(
      '--from <source>',
      'postgres://… or mysql://user@host:3306/database, openapi.yaml or .json, schema.graphql, data.csv or data.xlsx; an example without it',
    )
    .option(
      '--table <name>',
      'table, view or record of a service to draft from; may be repeated, all where absent',
      collect,
      [],
    )
    .option('--key <[table=]columns>', 'columns that name one row of a table or view that states no key', collect, [])
    .option('--department <code>', 'the department in the register; the name where absent')
    .option('--source <name>', 'name under which the hub has the database or service; the name where absent')
    .option('--code', "a subgraph of the kit's classes instead of a declaration, for queries of one's own")
    .action(async (name: string, { from, table, key, department, source, code }: InitFlags) => {
      try {
        report(
          await runInit({
            name,
            into: process.cwd(),
            from,
            tables: table,
            keys: readKeys(key),
            department,
            source,
            code,
          }),
          code,
        );
      } catch (error) {
        if (!(error instanceof InitRefusal)) throw error;
        process.stderr.write(`${error.code}: ${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

/** `view=a,b`, or `a,b` for the only table. */
const readKeys = (texts: readonly string[]): Map<string, readonly string[]> =>
  new Map(
    texts.map((text) => {
      const [table, columns] = text.includes('=')
        ? [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]
        : ['', text];
      return [table, columns.split(',').map((column) => column.trim())] as const;
    }),
  );

function report(
  { folder, files, servers, draft: { subgraph, service, types, omitted } }: WrittenFolder,
  isCode = false,
): void {
  const items = types.reduce((sum, type) => sum + type.items.length, 0);
  const left = omitted.length + types.reduce((sum, type) => sum + type.omitted.length, 0);
  process.stdout.write(
    [
      `${folder}: ${files.join(', ')}`,
      `${types.length} types with ${items} items are drafted${left > 0 ? `, ${left} ${service === undefined ? 'tables and columns' : 'operations and members'} left out: README.md says why` : ''}.`,
      isCode
        ? 'Confirm the share types in subgraph.ts, and write the queries; README.md says how to go on.'
        : `Confirm the share types in ${subgraph}.yaml; \`npx sharehub check ${subgraph}.yaml\` lists what is open.`,
      ...(service === undefined
        ? []
        : [`Register the service in the hub as ${service}; its credential is entered there.`]),
      ...servers.map((address) => `The description names this address: ${address}`),
      '',
    ].join('\n'),
  );
}
