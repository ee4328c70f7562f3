import { InvalidArgumentError, Option, type Command } from 'commander';
import pino from 'pino';
import { openGateway } from '../gateway/index.js';
import { readConfig, type Config } from '../shared/config/config.js';
import { inheritedEnvironment } from './config.js';
import { checkSettings } from './launch/check-settings.js';
import type { GatewayOrder } from './launch/supervise-gateway.js';
import { runUntilStopped } from './run-until-stopped.js';

interface GatewayFlags {
  config?: string;
  supergraph?: string;
  addresses?: Readonly<Record<string, string>>;
  port?: number;
  permissive?: boolean;
  await?: boolean;
}

/** `sharehub gateway`: the gateway alone. */
export function register(program: Command): void {
  program
    .command('gateway')
    .description('serve a graph: with share rules, or --permissive to try the engine over any federation 2 subgraphs')
    .addOption(new Option('--config <file>', 'list of subgraphs to compose').conflicts('supergraph'))
    .addOption(new Option('--supergraph <file>', 'a supergraph that is already composed (permissive only)'))
    .option('--port <n>', 'port to listen on', readPort)
    .option('--permissive', 'admit anybody, treat uncatalogued fields as unconditional, send no signed context')
    .addOption(new Option('--await', 'wait for the order of the process that started this one').hideHelp())
    .action(async (flags: GatewayFlags) => {
      const order = flags.await ? await receiveOrder() : undefined;
      const settings = readConfig(order && { ...inheritedEnvironment(), ...order.env });
      const config = { ...settings, PORT: flags.port ?? settings.PORT };
      // One that the hub starts was checked with it, and goes on without a folder that is away for a while.
      if (!order) await checkSettings(config, false);
      await runUntilStopped(
        () => serve(config, { ...flags, ...(order && { config: order.config, addresses: order.addresses }) }),
        {
          // SIGHUP reloads the graph of a gateway in the background; from a terminal it says that the terminal is closed.
          reload: !process.stdin.isTTY,
        },
      );
    });
}

const receiveOrder = () => new Promise<GatewayOrder>((resolve) => process.once('message', resolve as () => void));

/** Opens the gateway and reports its address on standard output.
 *  @returns closes it */
async function serve(config: Config, flags: GatewayFlags): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'gateway' } }, pino.destination(2));
  const source = flags.supergraph
    ? { supergraph: flags.supergraph }
    : { config: flags.config ?? config.SUPERGRAPH_CONFIG, addresses: new Map(Object.entries(flags.addresses ?? {})) };
  const gateway = await openGateway(config, source, flags.permissive ?? false, logger);
  if (flags.permissive) process.stderr.write(PERMISSIVE_WARNING);
  process.stdout.write(`ready ${gateway.url}\n`);
  process.send?.({ ready: gateway.url });
  return () => gateway.close();
}

const PERMISSIVE_WARNING =
  'WARNING: permissive mode. Anybody is admitted, uncatalogued fields are unconditional, subgraphs get no signed context, nothing is recorded. For trying the engine only.\n';

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return port;
}
