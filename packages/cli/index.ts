#!/usr/bin/env node
/** The `sharehub` command as a department installs it: `npm install @sharehub/cli`. Holds what a provider needs, and nothing
 *  of the hub's own processes. Loads nothing before Node is known to be new enough. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 24 || (major === 24 && minor >= 2)) {
  const { runCommand } = await import('../../cli/run-command.js');
  await runCommand(
    'ShareHub for departments that provide data.',
    {
      init: {
        says: 'draft the resources of a department from what it has',
        load: async () => (await import('../../cli/init.command.js')).register,
      },
      check: {
        says: 'check a declaration, try a running subgraph, or say whether a list of subgraphs may be published',
        load: async () => (await import('../../cli/check.command.js')).register,
      },
      publish: {
        says: 'submit a version of a subgraph or a declaration, or put a checked one in force',
        load: async () => (await import('../../cli/publish.command.js')).register,
      },
      status: {
        says: 'list the versions of your subgraphs, and what their checks found',
        load: async () => (await import('../../cli/status.command.js')).register,
      },
      rollback: {
        says: 'submit an earlier version of a subgraph once more',
        load: async () => (await import('../../cli/rollback.command.js')).register,
      },
      retire: {
        says: 'submit the end of a subgraph',
        load: async () => (await import('../../cli/retire.command.js')).register,
      },
      load: {
        says: 'load a file into a table that the hub keeps',
        load: async () => (await import('../../cli/load.command.js')).register,
      },
      dev: {
        says: 'try the subgraph on your own machine in the graph, seen by your department alone',
        load: async () => (await import('../../cli/variant.command.js')).register,
      },
      key: {
        says: 'rotate the key that the hub shares with your subgraph',
        load: async () => (await import('../../cli/rotate-key.js')).register,
      },
      query: {
        says: 'ask the hub',
        load: async () => (await import('../../cli/query.command.js')).register,
      },
    },
    process.argv.slice(2),
  );
} else {
  process.stderr.write(`sharehub needs Node 24.2 or later, and this is ${process.version}.\n`);
  process.exitCode = 1;
}
