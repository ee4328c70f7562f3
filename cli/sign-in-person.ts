import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../shared/config/config.js';
import { hostInUrl } from '../shared/config/host-in-url.js';
import { HubError } from '../shared/kernel/index.js';
import { resolveIssuer } from '../shared/openid/embedded-provider.js';

/** Signs a demo account in at the embedded OpenID provider, as the hub's pages do: there, accounts have no password.
 *  @returns an access token
 *  @throws HubError NOT_READY when it does not answer; CALLER_UNKNOWN for an account that it does not have, or where the hub
 *          has a provider of its own, at which persons sign in themselves */
export async function signInPerson(account: string, config: Config): Promise<string> {
  if (config.OIDC_ISSUER !== undefined)
    throw new HubError(
      'CALLER_UNKNOWN',
      '--person is for demo accounts. Sign in at your own provider, and give your access token in SHAREHUB_TOKEN.',
    );
  const issuer = resolveIssuer(config);
  const visit = visitor(issuer);
  const verifier = randomBytes(32).toString('base64url');
  const page = {
    client_id: config.GRAPHIQL_CLIENT_ID,
    redirect_uri: new URL('/session/callback', config.PUBLIC_URL ?? `http://${hostInUrl(config.HOST)}:${config.PORT}`)
      .href,
  };
  const request = new URLSearchParams({
    ...{ ...page, response_type: 'code', scope: 'openid', code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const signIn = await visit(`/auth?${request.toString()}`);
  const resume = signIn && (await visit(signIn, new URLSearchParams({ account })));
  const back = resume && (await visit(resume));
  const code = back && new URL(back, issuer).searchParams.get('code');
  if (!code) throw refuse(account, issuer);
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...page, grant_type: 'authorization_code', code, code_verifier: verifier }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw refuse(account, issuer);
  return token;
}

const refuse = (account: string, issuer: string): HubError =>
  new HubError('CALLER_UNKNOWN', `${issuer} has no account ${JSON.stringify(account)}. Its sign-in page lists them.`);

/** Follows a sign-in by its redirects, keeping its cookies.
 *  @returns visits an address, and gives the one it is sent to; undefined where that is none */
function visitor(issuer: string): (address: string, form?: URLSearchParams) => Promise<string | undefined> {
  const cookies = new Map<string, string>();
  return async (address, form) => {
    const answer = await fetch(new URL(address, issuer), {
      ...(form && { method: 'POST', body: form }),
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    }).catch((cause: unknown) => {
      const message = `No OpenID provider answers at ${issuer}. Is the hub running? Start it with \`npm start\`.`;
      throw new HubError('NOT_READY', message, {}, { cause });
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name !== undefined) cookies.set(name, value!);
    }
    return answer.headers.get('location') ?? undefined;
  };
}
