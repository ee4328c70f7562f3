import type { Command } from 'commander';
import { startSubgraphs } from './launch/start-subgraphs.js';
import { runOnDatabase } from './run-on-database.js';

/** `sharehub subgraphs`: the subgraphs alone, in one process. */
export function register(program: Command): void {
  program
    .command('subgraphs')
    .description('start the subgraphs of the list that this package holds; runs until it is stopped')
    .action(() =>
      runOnDatabase('subgraphs', async (config, server, logger, started) => {
        const report = (line: string) => process.stdout.write(`data       ${line}\n`);
        const subgraphs = await startSubgraphs(config, server, logger, started, report);
        for (const { name, url } of subgraphs) process.stdout.write(`ready ${name} ${url}\n`);
        process.send?.({ ready: subgraphs });
      }),
    );
}
