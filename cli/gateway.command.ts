import { InvalidArgumentError, Option, type Command } from 'commander';
import pino from 'pino';
import { startGateway } from '../gateway/index.js';
import { readConfig, type Config } from '../shared/config/config.js';
import { HubError } from '../shared/kernel/index.js';
import { inheritedEnvironment } from './config.js';
import type { GatewayOrder } from './keep-gateway.js';
import { openGovernance } from './open-governance.js';
import { openTraces } from './open-traces.js';
import { queryPage } from './query-page.js';
import { untilStopped } from './until-stopped.js';

interface GatewayFlags {
  config?: string;
  supergraph?: string;
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
      const order = flags.await ? await nextOrder() : undefined;
      const settings = readConfig(order && { ...inheritedEnvironment(), ...order.env });
      const config = { ...settings, PORT: flags.port ?? settings.PORT };
      await untilStopped(() => openGateway(config, { ...flags, ...(order && { config: order.config }) }));
    });
}

const nextOrder = () => new Promise<GatewayOrder>((resolve) => process.once('message', resolve as () => void));

/** Opens what the gateway needs and starts it; says on standard output when it can serve.
 *  @returns what stops it */
async function openGateway(config: Config, flags: GatewayFlags): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'gateway' } }, pino.destination(2));
  const source = flags.supergraph
    ? { supergraph: flags.supergraph }
    : { config: flags.config ?? config.SUPERGRAPH_CONFIG };
  if (flags.supergraph && !flags.permissive)
    throw new HubError(
      'CONFIG_INVALID',
      'A ready supergraph carries no share rules, so it is served with --permissive only; give --config to serve it with them.',
    );
  const tracing = await openTraces(config, logger);
  if (flags.permissive) {
    const gateway = await startGateway({ config, source, logger, governance: 'permissive', tracing });
    process.stderr.write(PERMISSIVE_WARNING);
    sayReady(gateway.url);
    return async () => {
      await gateway.close();
      await tracing?.close();
    };
  }
  const { governance, close } = await openGovernance(config, logger);
  try {
    const routes = queryPage(config, governance.feed, logger);
    const gateway = await startGateway({ config, source, logger, routes, governance, tracing });
    sayReady(gateway.url);
    return async () => {
      await gateway.close();
      await close();
      await tracing?.close();
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const PERMISSIVE_WARNING =
  'WARNING: permissive mode. Anybody is admitted, uncatalogued fields are unconditional, subgraphs get no signed context, nothing is recorded. For trying the engine only.\n';

function sayReady(url: string): void {
  process.stdout.write(`ready ${url}\n`);
  process.send?.({ ready: url });
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return port;
}
