import type { Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { checkSettings } from './launch/check-settings.js';
import { lockDataDir } from './launch/lock-data-dir.js';
import { startDevelopment } from './launch/start-development.js';
import { runUntilStopped } from './run-until-stopped.js';
import { trySubgraph, withTryOptions, type TryFlags } from './variant/try-subgraph.js';

/** `sharehub dev`: everything, restarted part by part as its code changes; with a name, a department's subgraph on this
 *  machine as a variant of a hub's graph. */
export function register(program: Command): void {
  const command = program
    .command('dev')
    .description(
      'start everything, compile sources as they change, and restart only the process whose code changed; with a name, try the subgraph on this machine in a running hub',
    )
    .argument('[subgraph]', 'subgraph to try')
    .option('--inspect', 'let a debugger attach: gateway on port 9230, subgraphs on 9231, worker on 9232');
  withTryOptions(command).action(async (subgraph: string | undefined, flags: TryFlags & { inspect?: boolean }) => {
    if (subgraph !== undefined) return trySubgraph(subgraph, flags);
    const config = readConfig();
    await checkSettings(config, true);
    const release = lockDataDir(config.DATA_DIR);
    await runUntilStopped((signals) => startDevelopment(config, flags.inspect ?? false, signals));
    release();
  });
}
