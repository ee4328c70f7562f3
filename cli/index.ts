import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runCommand, type Commands } from './run-command.js';
import { readVersionsBy } from './probe/read-key.js';

readVersionsBy(async (config) => (await import('./governance-keys.js')).governanceKeysIfAny(config)());

/** Same as in `sharehub.js`, which finds a newer Node itself; `npm start` comes here directly. */
const OLDEST_NODE = [24, 2] as const;

/** Every command of the hub. */
const COMMANDS: Commands = {
  start: {
    says: 'start everything in one go, with demo data',
    load: async () => (await import('./start.command.js')).register,
  },
  token: {
    says: 'print an access token of a system',
    load: async () => (await import('./token.command.js')).register,
  },
  query: {
    says: 'ask the hub',
    load: async () => (await import('./query.command.js')).register,
  },
  explain: {
    says: 'say what an operation would be given, and why',
    load: async () => (await import('./explain.command.js')).register,
  },
  key: {
    says: 'print, or rotate, the key that the hub shares with a subgraph',
    load: async () => (await import('./key.command.js')).register,
  },
  compose: {
    says: 'compose subgraphs into a supergraph',
    load: async () => {
      const { composeCommand } = await import('./compose.command.js');
      return (program) => program.addCommand(composeCommand());
    },
  },
  init: {
    says: 'draft the resources of a department from what it has',
    load: async () => (await import('./init.command.js')).register,
  },
  check: {
    says: 'say whether a graph may be published, and what it would send to whom',
    load: async () => (await import('./check.command.js')).register,
  },
  publish: {
    says: 'submit a version of a subgraph, or put a checked one in force',
    load: async () => (await import('./publish.command.js')).register,
  },
  status: {
    says: 'list the versions of your subgraphs, and what their checks found',
    load: async () => (await import('./status.command.js')).register,
  },
  rollback: {
    says: 'submit an earlier version of a subgraph once more',
    load: async () => (await import('./rollback.command.js')).register,
  },
  load: {
    says: 'load a file into a table that the hub keeps',
    load: async () => (await import('./load.command.js')).register,
  },
  retire: {
    says: 'submit the end of a subgraph',
    load: async () => (await import('./retire.command.js')).register,
  },
  evidence: {
    says: "check the hub's records of every use",
    load: async () => (await import('./evidence.command.js')).register,
  },
  correction: {
    says: 'attach and fetch evidence files of corrections of data',
    load: async () => (await import('./correction.command.js')).register,
  },
  list: {
    says: 'write the lists of sharing, and take in those of a higher level',
    load: async () => (await import('./list.command.js')).register,
  },
  catalogue: {
    says: 'write the catalogue; export, import and review that of a department',
    load: async () => (await import('./catalogue.command.js')).register,
  },
  dev: {
    says: 'start everything, and restart what changes as you edit it; or try a subgraph in a running hub',
    load: async () => (await import('./dev.command.js')).register,
  },
  subgraphs: {
    says: 'serve the subgraphs alone',
    load: async () => (await import('./subgraphs.command.js')).register,
  },
  declared: {
    says: 'serve declared resources alone',
    load: async () => (await import('./declared.command.js')).register,
  },
  worker: {
    says: 'ship evidence into the database and sign it',
    load: async () => (await import('./worker.command.js')).register,
  },
  gateway: {
    says: 'serve a graph, the gateway alone',
    load: async () => (await import('./gateway.command.js')).register,
  },
};

// A process of the hub loads up to 3,000 modules; a quarter of that time is to compile them. The folder is as trusted as
// the code itself.
enableCompileCache(fileURLToPath(new URL('../.compile-cache', import.meta.url)));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]))
  await runCommand(
    'ShareHub: departments publish, one query crosses them, share types decide.',
    COMMANDS,
    process.argv.slice(2),
  );
else {
  process.stderr.write(
    `ShareHub needs Node ${OLDEST_NODE.join('.')} or later, and this is ${process.version}. Run \`npm ci\`, which brings one along, or install Node 24.\n`,
  );
  process.exitCode = 1;
}
