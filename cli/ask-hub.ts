import { readConfig, type Config } from '../shared/config/config.js';
import { hostInUrl } from '../shared/config/host-in-url.js';
import { HubError } from '../shared/kernel/index.js';
import { clientsFile, readClientSecrets } from '../shared/openid/provider-keys.js';
import { requestSystemToken, type SystemToken } from '../shared/openid/system-token.js';
import { resolveIssuer } from '../shared/openid/embedded-provider.js';

/** An operation that a command sends to the hub, and the system that sends it. */
export interface HubRequest {
  /** OpenID client id of the system that sends it. */
  readonly as: string;
  readonly query: string;
  readonly scenario?: string;
  /** Name of a subgraph that the own department tries. */
  readonly variant?: string;
  /** JSON object, as typed. */
  readonly variables?: string;
  /** An access token of that system; requested from the provider when absent. */
  readonly accessToken?: string;
  /** Address of the hub; default: the configured one. */
  readonly url?: string;
}

/** The hub's answer: a GraphQL response. */
export interface HubAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** An access token for a system registered here, from the OpenID provider.
 *  @throws HubError CALLER_UNKNOWN naming the known systems; NOT_READY when nothing has been started yet */
export async function requestToken(system: string, config: Config = readConfig()): Promise<SystemToken> {
  const secrets = await readClientSecrets(config.DATA_DIR);
  if (!secrets) {
    const file = clientsFile(config.DATA_DIR);
    throw new HubError(
      'NOT_READY',
      `No system is registered here yet (${file} is missing). Start the hub with \`npm start\`.`,
    );
  }
  if (!Object.hasOwn(secrets, system)) {
    const known = Object.keys(secrets).sort().join(', ');
    throw new HubError('CALLER_UNKNOWN', `There is no system ${JSON.stringify(system)}. Known systems: ${known}.`);
  }
  return requestSystemToken({
    issuer: resolveIssuer(config),
    audience: config.OIDC_AUDIENCE,
    clientId: system,
    clientSecret: secrets[system]!,
  });
}

/** Sends an operation to the hub.
 *  @param endpoint  `/graphql` or `/explain`
 *  @throws HubError BAD_USER_INPUT (variables), NOT_READY (no hub there, or not a hub), and those of `requestToken` */
export async function askHub(endpoint: string, request: HubRequest): Promise<HubAnswer> {
  const config = readConfig();
  const variables = readVariables(request.variables);
  const scenario = codeHeader('--scenario takes the code of a scenario', request.scenario);
  const variant = codeHeader('--variant takes the name of a subgraph that is tried', request.variant);
  const address = hubAddress(
    endpoint,
    request.url ?? config.PUBLIC_URL ?? `http://${hostInUrl(config.HOST)}:${config.PORT}`,
  );
  const accessToken = request.accessToken ?? (await requestToken(request.as, config)).accessToken;
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      authorization: `Bearer ${accessToken}`,
      ...(scenario !== undefined && { 'share-scenario': scenario }),
      ...(variant !== undefined && { 'share-variant': variant }),
    },
    body: JSON.stringify({ query: request.query, variables }),
  }).catch((error: unknown) => {
    const message = `No hub answers at ${address.origin}. Start it with \`npm start\`.`;
    throw new HubError('NOT_READY', message, {}, { cause: error });
  });
  // An answer that is not JSON is no hub's, which is said below.
  const answer: unknown = await response.json().catch(() => undefined);
  if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer))
    return answer as HubAnswer;
  throw new HubError('NOT_READY', `What answers at ${address.origin} is not a hub (status ${response.status}).`);
}

function readVariables(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HubError('BAD_USER_INPUT', `--variables is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new HubError('BAD_USER_INPUT', '--variables must be a JSON object, such as \'{"code": "110101"}\'.');
}

function hubAddress(endpoint: string, base: string): URL {
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) {
    throw new HubError(
      'BAD_USER_INPUT',
      `--url must be the hub's address, such as http://127.0.0.1:4000, not ${JSON.stringify(base)}.`,
    );
  }
  return new URL(endpoint, base);
}

/** A code, where it is one that a header may carry. */
function codeHeader(takes: string, code: string | undefined): string | undefined {
  if (code === undefined || /^[\x21-\x7e]+$/.test(code)) return code;
  throw new HubError('BAD_USER_INPUT', `${takes}, not ${JSON.stringify(code)}.`);
}
