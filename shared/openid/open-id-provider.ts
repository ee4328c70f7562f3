import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { hostInUrl } from '../config/host-in-url.js';
import { HubError } from '../kernel/index.js';
import { isLoopback } from './embedded-provider.js';
import { providerConfiguration, SIGN_IN, type OpenIdAccount, type OpenIdClient } from './provider-configuration.js';
import { loadClientSecrets, loadProviderKeys } from './provider-keys.js';
import { handleSignIn } from './sign-in.js';

export interface OpenIdProviderOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** A loopback address: persons sign in here without a password. */
  readonly host?: string;
  /** Its identifier; `http://host:port` where unset. */
  readonly issuer?: string;
  /** Audience of every access token. */
  readonly audience?: string;
  readonly clients: readonly OpenIdClient[];
  readonly accounts: readonly OpenIdAccount[];
  /** The hub's data folder; keys and secrets are kept in its `openid` folder, readable by their owner only. */
  readonly dataDir: string;
  /** Address of the hub as browsers see it, where persons sign in to its query page. */
  readonly publicUrl?: string;
  /** OpenID client of the query page. */
  readonly queryPageClient?: string;
  /** Told of faults of the provider itself. */
  readonly onFault?: (error: Error) => void;
}

/** The embedded provider, for trials and development. */
export interface OpenIdProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** Starts an OpenID provider that knows the given systems and persons. Keys and secrets are made at the first start and
 *  kept, so tokens stay valid over a restart.
 *  @throws HubError PORT_IN_USE, CONFIG_INVALID (not a loopback host, damaged key file) */
export async function startOpenIdProvider(options: OpenIdProviderOptions): Promise<OpenIdProvider> {
  const { host = '127.0.0.1', accounts, clients, dataDir, audience = 'urn:sharehub:hub' } = options;
  if (!isLoopback(host)) {
    const why = `The embedded OpenID provider signs persons in without a password, so it cannot listen on ${host}`;
    throw new HubError('CONFIG_INVALID', `${why}: set OIDC_ISSUER to your own provider, or HOST to 127.0.0.1.`, {
      host,
    });
  }
  const keys = await loadProviderKeys(dataDir);
  const secrets = await loadClientSecrets(
    dataDir,
    clients.map((client) => client.clientId),
  );

  let handle = (_req: IncomingMessage, res: ServerResponse): void => void res.writeHead(503).end();
  const server = createServer((req, res) => handle(req, res));
  await listen(server, options.port, host);

  const { port } = server.address() as AddressInfo;
  const issuer = options.issuer ?? `http://${hostInUrl(host)}:${port}`;
  const provider = new Provider(
    issuer,
    providerConfiguration({ audience, keys, secrets, clients, accounts, queryPage: queryPageOf(options) }),
  );
  const onFault = (error: Error) => options.onFault?.(error);
  provider.on('server_error', (_ctx: unknown, error: Error) => onFault(error));

  const openid = provider.callback();
  handle = (req, res) => {
    if (!req.url?.startsWith(SIGN_IN)) return void openid(req, res);
    handleSignIn(provider, accounts, req, res).catch((error: Error) => {
      onFault(error);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  };
  return { issuer, stop: () => close(server) };
}

const queryPageOf = ({ publicUrl, queryPageClient = 'sharehub-graphiql' }: OpenIdProviderOptions) =>
  publicUrl
    ? {
        clientId: queryPageClient,
        redirectUris: [new URL('/graphiql/callback', publicUrl).href],
        afterLogoutUris: [new URL('/graphiql', publicUrl).href],
      }
    : undefined;

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken, so the OpenID provider cannot start. Stop what uses it, or set PORT.`
          : `The OpenID provider cannot listen on ${host}:${port} (${error.code}).`;
      reject(
        new HubError(
          error.code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'CONFIG_INVALID',
          message,
          { port },
          { cause: error },
        ),
      );
    });
    server.listen(port, host, resolve);
  });

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
