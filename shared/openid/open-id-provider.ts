import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { hostInUrl } from '../config/host-in-url.js';
import { HubError } from '../kernel/index.js';
import { isLoopback } from './embedded-provider.js';
import {
  providerConfiguration,
  SIGN_IN,
  type CallerRegister,
  type OpenIdAccount,
  type OpenIdClient,
} from './provider-configuration.js';
import { loadClientSecrets, loadProviderKeys, type ClientSecrets } from './provider-keys.js';
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
  /** Takes the register as it is now: a system that is new gets a secret, one that is gone loses it. */
  update(callers: RegisteredCallers): Promise<void>;
  stop(): Promise<void>;
}
/** The systems and persons that are registered. */
export interface RegisteredCallers {
  readonly clients: readonly OpenIdClient[];
  readonly accounts: readonly OpenIdAccount[];
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
  const register = new MemoryRegister(dataDir);
  await register.update({ clients, accounts });

  let handle = (_req: IncomingMessage, res: ServerResponse): void => void res.writeHead(503).end();
  const server = createServer((req, res) => handle(req, res));
  await listen(server, options.port, host);

  const { port } = server.address() as AddressInfo;
  const issuer = options.issuer ?? `http://${hostInUrl(host)}:${port}`;
  const provider = new Provider(
    issuer,
    providerConfiguration({ audience, keys, register, queryPage: queryPageOf(options) }),
  );
  const onFault = (error: Error) => options.onFault?.(error);
  provider.on('server_error', (_ctx: unknown, error: Error) => onFault(error));

  const openid = provider.callback();
  handle = (req, res) => {
    if (!req.url?.startsWith(SIGN_IN)) return void openid(req, res);
    handleSignIn(provider, register.listAccounts(), req, res).catch((error: Error) => {
      onFault(error);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  };
  return { issuer, update: (callers) => register.update(callers), stop: () => close(server) };
}

/** The register as it was told last, with the secrets of its systems. */
class MemoryRegister implements CallerRegister {
  private clients: ReadonlyMap<string, OpenIdClient> = new Map();
  private accounts: ReadonlyMap<string, OpenIdAccount> = new Map();
  private secrets: ClientSecrets = {};

  constructor(private readonly dataDir: string) {}

  async update({ clients, accounts }: RegisteredCallers): Promise<void> {
    this.secrets = await loadClientSecrets(
      this.dataDir,
      clients.map((client) => client.clientId),
    );
    this.clients = new Map(clients.map((client) => [client.clientId, client]));
    this.accounts = new Map(accounts.map((account) => [account.subject, account]));
  }

  findClient(clientId: string) {
    const client = this.clients.get(clientId);
    const secret = this.secrets[clientId];
    return client && secret !== undefined ? { client, secret } : undefined;
  }

  findAccount = (subject: string): OpenIdAccount | undefined => this.accounts.get(subject);
  listAccounts = (): readonly OpenIdAccount[] => [...this.accounts.values()];
}

const queryPageOf = ({ publicUrl, queryPageClient = 'sharehub-graphiql' }: OpenIdProviderOptions) =>
  publicUrl
    ? {
        clientId: queryPageClient,
        redirectUris: [new URL('/session/callback', publicUrl).href],
        afterLogoutUris: [new URL('/', publicUrl).href],
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
