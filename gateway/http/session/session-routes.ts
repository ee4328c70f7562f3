import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../../shared/kernel/index.js';
import type { GovernanceFeed } from '../../../shared/read-model/read-model.js';
import { readLanguage } from '../request-headers.js';
import type { Route } from '../routes.js';
import { noticePage, pageHeaders } from '../pages/page-html.js';
import type { Attempt, OpenIdSignIn } from './open-id-sign-in.js';
import type { PageSessions } from './page-sessions.js';
import { SESSION_SECONDS } from './person-session.js';
import { toPageSession } from './to-page-session.js';
import { say } from '../../request/messages/index.js';

export interface SessionRoutesOptions {
  readonly sessions: PageSessions;
  readonly signIn: OpenIdSignIn;
  readonly feed: Pick<GovernanceFeed, 'current' | 'fresh'>;
  /** Address of the hub as browsers see it. */
  readonly publicUrl: string;
  /** Told why a sign-in failed. */
  readonly onFault?: (error: unknown) => void;
  /** Of the jurisdiction. */
  readonly timeZone: string;
}

const ATTEMPT = 'sign-in';
const ATTEMPT_SECONDS = 600;

/** Signs persons in to the hub's own pages. Their tokens stay in the hub: a page has a cookie that no script reads, and asks
 *  here who it is for. */
export function sessionRoutes(options: SessionRoutesOptions): Route[] {
  const { sessions, signIn, feed, publicUrl, onFault = () => undefined } = options;
  const { cookies } = sessions;

  return [
    {
      method: 'GET',
      path: '/session/sign-in',
      async handle(request, response) {
        const canonical = elsewhere(request, publicUrl);
        if (canonical) return redirect(response, canonical);
        const target = new URL(request.url!, publicUrl).searchParams.get('to');
        const { address, attempt } = await signIn.begin(target ?? '/');
        redirect(response, address.href, [cookies.set(ATTEMPT, pack(attempt), ATTEMPT_SECONDS)]);
      },
    },
    {
      method: 'GET',
      path: '/session/callback',
      async handle(request, response) {
        const attempt = unpack(cookies.read(request.headers, ATTEMPT));
        const ended = cookies.clear(ATTEMPT);
        try {
          if (!attempt) throw new HubError('UNAUTHENTICATED', say('page.signInEnded'));
          const tokens = await signIn.finish(request.url!, attempt);
          // A browser that was signed in already gets a new session; the old one ends.
          const old = sessions.idIn(request.headers);
          if (old !== undefined) await sessions.sessions.end(old);
          const id = await sessions.sessions.begin(tokens);
          redirect(response, localPath(attempt.to), [ended, sessions.cookieOf(id, SESSION_SECONDS)]);
        } catch (error) {
          if (!(error instanceof HubError)) throw error;
          onFault(error);
          response.writeHead(error.status, { ...pageHeaders(), 'set-cookie': ended });
          const to = `/session/sign-in?to=${encodeURIComponent(attempt?.to ?? '/')}`;
          response.end(noticePage(readLanguage(request.headers, 'zh'), error.text, to));
        }
      },
    },
    {
      method: 'GET',
      path: '/session',
      async handle(request, response) {
        sessions.refuseOtherSites(request.headers);
        const tokens = await sessions.personIn(request);
        if (!tokens) throw new HubError('UNAUTHENTICATED', say('page.signIn'));
        const body = JSON.stringify(
          toPageSession(tokens.subject, feed.fresh() ?? (await feed.current()), options.timeZone),
        );
        response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
      },
    },
    {
      method: 'POST',
      path: '/session/sign-out',
      async handle(request, response) {
        sessions.refuseOtherSites(request.headers);
        const id = sessions.idIn(request.headers);
        const tokens = id === undefined ? undefined : await sessions.sessions.end(id);
        const next = tokens ? (await signIn.leave(tokens.idToken)).href : '/';
        // What a page kept goes also where its script did not come to it.
        response.setHeader('clear-site-data', '"storage"');
        redirect(response, next, [sessions.noCookie]);
      },
    },
  ];
}

/** Sends a browser on by GET. */
export function redirect(response: ServerResponse, location: string, cookies: readonly string[] = []): void {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'set-cookie': [...cookies] }).end();
}

/** A path of the hub's own, for what may have come from a link; `/` for anything else. */
export function localPath(target: string): string {
  const base = 'http://hub.invalid';
  const url = URL.canParse(target, base) ? new URL(target, base) : new URL(base);
  return url.origin === base ? url.pathname + url.search + url.hash : '/';
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The same address under the hub's own name, when the browser came under another name of this machine: cookies would not
 *  follow it back from the provider. */
export function elsewhere(
  { url = '/', headers: { host = '' } }: IncomingMessage,
  publicUrl: string,
): string | undefined {
  const own = new URL(publicUrl);
  const asked = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : own.hostname;
  if (asked === own.hostname || !LOOPBACK.has(own.hostname) || !LOOPBACK.has(asked)) return undefined;
  return new URL(localPath(url), own).href;
}

const pack = (attempt: Attempt): string => Buffer.from(JSON.stringify(attempt)).toString('base64url');

function unpack(cookie: string | undefined): Attempt | undefined {
  if (!cookie) return undefined;
  try {
    const { state, nonce, verifier, to } = JSON.parse(Buffer.from(cookie, 'base64url').toString()) as Attempt;
    return [state, nonce, verifier, to].every((part) => typeof part === 'string' && part !== '')
      ? { state, nonce, verifier, to }
      : undefined;
  } catch {
    return undefined;
  }
}
