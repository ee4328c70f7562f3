import type { Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { checkSettings } from './launch/check-settings.js';
import { lockDataDir } from './launch/lock-data-dir.js';
import { startDevelopment } from './launch/start-development.js';
import { runUntilStopped } from './run-until-stopped.js';

/** `sharehub dev`: everything, restarted part by part as its code changes. */
export function register(program: Command): void {
  program
    .command('dev')
    .description('start everything, compile sources as they change, and restart only the process whose code changed')
    .option('--inspect', 'let a debugger attach: gateway on port 9230, subgraphs on 9231, worker on 9232')
    .action(async ({ inspect }: { inspect?: boolean }) => {
      const config = readConfig();
      await checkSettings(config, true);
      const release = lockDataDir(config.DATA_DIR);
      await runUntilStopped((signals) => startDevelopment(config, inspect ?? false, signals));
      release();
    });
}
