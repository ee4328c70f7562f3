import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { isLoopback } from '../../shared/openid/embedded-provider.js';
import type { Config } from '../../shared/config/config.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import { readTrustedRoots } from '../../shared/evidence/anchor/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { SourceHosts } from '../../shared/network/source-hosts.js';
import { checkPorts } from './listed-subgraphs.js';

/** Checks what the settings name beyond their form: files, folders, hosts, and ports derived from PORT. It reads, and
 *  writes nothing.
 *  @param launches  true for a command that starts the subgraphs and the OpenID provider, so that it needs their ports
 *  @throws HubError CONFIG_INVALID naming each wrong setting; nothing has been started by then */
export async function checkSettings(config: Config, launches: boolean): Promise<void> {
  const checks: Readonly<Record<string, () => unknown>> = {
    ...(launches && { HOST: () => checkHost(config), 'PORT, SUPERGRAPH_CONFIG': () => checkPorts(config) }),
    SHAREHUB_PROFILE: () => readProfile(config.SHAREHUB_PROFILE),
    CALENDAR_DIR: () => readCalendar(config.CALENDAR_DIR),
    DROP_FOLDER: () => checkFolder(config.DROP_FOLDER),
    EVIDENCE_ANCHOR_FOLDER: () => checkFolder(config.EVIDENCE_ANCHOR_FOLDER),
    EVIDENCE_TSA_CA: () => readTrustedRoots(config.EVIDENCE_TSA_CA),
    PUSH_HOSTS: () => readListedOrigins('PUSH_HOSTS', config.PUSH_HOSTS),
    SOURCE_HOSTS: () => SourceHosts.read(config.SOURCE_HOSTS),
    SUBGRAPH_HOSTS: () => readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS),
  };
  const wrong: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
    } catch (error) {
      const { message } = error as Error;
      wrong.push(name.split(', ').some((each) => message.includes(each)) ? message : `${name}: ${message}`);
    }
  }
  if (wrong.length > 0)
    throw new HubError('CONFIG_INVALID', `Settings are wrong, nothing was started. ${wrong.join('; ')}`, { wrong });
}

/** Tries to listen on any port of the host. */
async function checkHost({ HOST, OIDC_ISSUER }: Config): Promise<void> {
  if (OIDC_ISSUER === undefined && !isLoopback(HOST))
    throw new Error(
      `the embedded OpenID provider signs persons in without a password, so it cannot listen on ${HOST}. Set OIDC_ISSUER to your own provider, or HOST to 127.0.0.1`,
    );
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`nothing can listen on ${HOST} (${error.code}). Name an address of this machine`)),
    );
    server.listen(0, HOST, () => server.close(() => resolve()));
  });
}

function checkFolder(path: string | undefined): void {
  if (path === undefined || statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new Error(`${path} is no folder. Mount or create it, or leave the setting unset`);
}
