import type { Command } from 'commander';
import { openTables, startDeclaredResources } from './launch/start-declared.js';
import { runOnDatabase } from './run-on-database.js';

/** `sharehub declared`: declared resources alone, in a process of their own. */
export function register(program: Command): void {
  program
    .command('declared')
    .description('serve the resources that departments declare and the hub keeps; runs until it is stopped')
    .action(() =>
      runOnDatabase('declared', async (config, server, logger, started) => {
        const governance = config.GOVERNANCE_DATABASE_URL ?? server.url('governance');
        const tables = await openTables(config, server);
        const { url } = await startDeclaredResources(config, tables, governance, logger, started);
        process.stdout.write(`ready ${url}\n`);
        process.send?.({ ready: url });
      }),
    );
}
