import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HubError } from '../kernel/index.js';
import { buildSubgraph } from './build-schema.js';
import type { SubgraphDefinition } from './definition.js';
import { servedTypes } from './served-types.js';
import { statedResolvers } from './stated-resolvers.js';
import { openSubgraph, type ServingOptions } from './subgraph-handler.js';

export interface SubgraphOptions extends SubgraphDefinition, Omit<ServingOptions, 'contexts'> {
  /** 0 for any free one. */
  readonly port: number;
  readonly host?: string | undefined;
}

export interface RunningSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
  /** Answers what is being answered, then closes. */
  stop(): Promise<void>;
}

/** Serves a provider's classes as a federation subgraph that answers nobody but the hub.
 *  @throws HubError PORT_IN_USE, SUBGRAPH_INVALID */
export async function createSubgraph(options: SubgraphOptions): Promise<RunningSubgraph> {
  const { name } = options;
  const subgraph = await openSubgraph({
    ...options,
    built: buildSubgraph(options),
    served: servedTypes(options.types),
    stated: statedResolvers(options.resolvers),
  });
  let stopping = false;
  const server = createServer(
    { keepAliveTimeout: 65_000 },
    (request, response) => void subgraph.handle(request, response, () => stopping),
  );
  const port = await listen(server, options).catch(async (error: unknown) => {
    await subgraph.stop();
    throw error;
  });
  return {
    name,
    url: `http://${options.host ?? '127.0.0.1'}:${port}/graphql`,
    sdl: subgraph.sdl,
    stop: async () => {
      stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      await subgraph.stop();
    },
  };
}

/** Listens.
 *  @returns  the port
 *  @throws HubError PORT_IN_USE */
export function listen(
  server: Server,
  { name, port, host = '127.0.0.1' }: Pick<SubgraphOptions, 'name' | 'port' | 'host'>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        new HubError(
          'PORT_IN_USE',
          `Port ${port}, wanted by the subgraph ${name}, is in use. End what listens there, or choose another PORT.`,
          { port, setting: 'PORT' },
          { cause: error },
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
