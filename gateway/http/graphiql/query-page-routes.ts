import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { HubError } from '../../../shared/kernel/index.js';
import type { GovernanceFeed } from '../../../shared/read-model/read-model.js';
import type { Route } from '../routes.js';
import { PageCookies } from './cookies.js';
import { OpenIdSignIn, type Attempt, type SignedIn, type SignInOptions } from './open-id-sign-in.js';
import { readPageAssets, sendAsset } from './page-assets.js';
import { noticeHtml, pageHeaders, queryPageHtml } from './page-html.js';
import { sessionOf } from './to-page-session.js';

export interface QueryPageOptions extends SignInOptions {
  readonly feed: Pick<GovernanceFeed, 'current' | 'fresh'>;
  /** Told why a sign-in failed. */
  readonly onFault?: (error: unknown) => void;
}

const SESSION = 'sharehub-session';
const ATTEMPT = 'sharehub-sign-in';
const ATTEMPT_SECONDS = 600;
const MAX_SESSIONS = 10_000;

/** GraphiQL at `/graphiql`, for persons who sign in at the OpenID provider. Their tokens stay in the hub's memory; the
 *  page asks for its own and sends it with every operation, so what a person may see is decided as for any caller. */
export function queryPageRoutes(options: QueryPageOptions): Route[] {
  const { feed, publicUrl, onFault = () => undefined } = options;
  const signIn = new OpenIdSignIn(options);
  const cookies = new PageCookies(new URL(publicUrl).protocol === 'https:');
  const sessions = new LRUCache<string, SignedIn>({ max: MAX_SESSIONS });
  const formTargets = [new URL(options.issuer).origin];
  let assets: ReturnType<typeof readPageAssets> | undefined;
  const page = () => (assets ??= readPageAssets().catch((error) => ((assets = undefined), Promise.reject(error))));

  const sessionIn = (request: IncomingMessage): SignedIn | undefined => {
    const session = sessions.get(cookies.read(request, SESSION) ?? '');
    return session && session.expiresAt > Date.now() ? session : undefined;
  };

  return [
    {
      method: 'GET',
      path: '/graphiql',
      async handle(request, response) {
        if (!sessionIn(request)) return redirect(response, elsewhere(request, publicUrl) ?? '/graphiql/login');
        const { version } = await page();
        response.writeHead(200, pageHeaders(formTargets));
        response.end(queryPageHtml(`/graphiql/assets/${version}`));
      },
    },
    {
      method: 'GET',
      path: '/graphiql/login',
      async handle(request, response) {
        const canonical = elsewhere(request, publicUrl);
        if (canonical) return redirect(response, canonical);
        const { address, attempt } = await signIn.begin();
        redirect(response, address.href, [cookies.set(ATTEMPT, pack(attempt), ATTEMPT_SECONDS)]);
      },
    },
    {
      method: 'GET',
      path: '/graphiql/callback',
      async handle(request, response) {
        const attempt = unpack(cookies.read(request, ATTEMPT));
        const ended = [cookies.clear(ATTEMPT)];
        try {
          if (!attempt) throw new HubError('UNAUTHENTICATED', 'This sign-in has ended. Start again.');
          const session = await signIn.finish(request.url!, attempt);
          const id = randomBytes(32).toString('base64url');
          const seconds = Math.floor((session.expiresAt - Date.now()) / 1000);
          sessions.set(id, session, { ttl: Math.max(1, session.expiresAt - Date.now()) });
          redirect(response, '/graphiql', [...ended, cookies.set(SESSION, id, seconds)]);
        } catch (error) {
          if (!(error instanceof HubError)) throw error;
          onFault(error);
          response.writeHead(error.status, { ...pageHeaders([]), 'set-cookie': ended });
          response.end(noticeHtml(error.message));
        }
      },
    },
    {
      method: 'GET',
      path: '/graphiql/session',
      async handle(request, response) {
        refuseOtherSites(request);
        const session = sessionIn(request);
        if (!session) throw new HubError('UNAUTHENTICATED', 'Sign in at /graphiql/login.');
        const body = JSON.stringify(sessionOf(session, feed.fresh() ?? (await feed.current())));
        response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
      },
    },
    {
      method: 'POST',
      path: '/graphiql/logout',
      async handle(request, response) {
        refuseOtherSites(request);
        const session = sessionIn(request);
        sessions.delete(cookies.read(request, SESSION) ?? '');
        const next = session ? (await signIn.leave(session.idToken)).href : '/graphiql';
        // What the page kept goes also where its script did not come to it.
        response.setHeader('clear-site-data', '"storage"');
        redirect(response, next, [cookies.clear(SESSION)]);
      },
    },
    {
      method: 'GET',
      path: '/graphiql/assets/*',
      async handle(request, response) {
        const path = request.url!.split('?', 1)[0]!.slice('/graphiql/assets/'.length);
        sendAsset(await page(), path, request, response);
      },
    },
  ];
}

function redirect(response: ServerResponse, location: string, cookies: readonly string[] = []): void {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'set-cookie': [...cookies] }).end();
}

/** Browsers say where a request comes from; what comes from another site's page is refused.
 *  @source Fetch Metadata Request Headers, `Sec-Fetch-Site` */
function refuseOtherSites(request: IncomingMessage): void {
  const from = request.headers['sec-fetch-site'];
  if (from === undefined || from === 'same-origin' || from === 'none') return;
  throw new HubError('BAD_REQUEST', 'This is for the query page only.');
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The page's own address, when the browser came under another name of this machine: cookies would not follow it back
 *  from the provider. */
function elsewhere({ headers: { host = '' } }: IncomingMessage, publicUrl: string): string | undefined {
  const own = new URL(publicUrl);
  const asked = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : own.hostname;
  if (asked === own.hostname || !LOOPBACK.has(own.hostname) || !LOOPBACK.has(asked)) return undefined;
  return new URL('/graphiql', own).href;
}

const pack = (attempt: Attempt): string => Buffer.from(JSON.stringify(attempt)).toString('base64url');

function unpack(cookie: string | undefined): Attempt | undefined {
  if (!cookie) return undefined;
  try {
    const { state, nonce, verifier } = JSON.parse(Buffer.from(cookie, 'base64url').toString()) as Attempt;
    return [state, nonce, verifier].every((part) => typeof part === 'string' && part !== '')
      ? { state, nonce, verifier }
      : undefined;
  } catch {
    return undefined;
  }
}
