import type { IncomingMessage } from 'node:http';
import type { Language } from '../../../shared/kernel/index.js';
import { openPageAssets, sendAsset } from '../pages/page-assets.js';
import { pageHeaders, scriptPage } from '../pages/page-html.js';
import { readLanguage } from '../request-headers.js';
import type { Route } from '../routes.js';
import type { PageSessions } from '../session/page-sessions.js';
import { elsewhere, redirect } from '../session/session-routes.js';
import { welcomePage } from './welcome-page.js';

export interface PortalOptions {
  readonly sessions: PageSessions;
  /** Address of the hub as browsers see it. */
  readonly publicUrl: string;
  readonly issuer: string;
}

const PORTAL = '/portal';
const ASSETS = `${PORTAL}/assets/`;

/** The portal: `/` for everybody, without a script; `/portal` and all below it for persons who have signed in, as one
 *  application whose pages are its own addresses. */
export function portalRoutes({ sessions, publicUrl, issuer }: PortalOptions): Route[] {
  const assets = openPageAssets('portal');
  // Signing out leads on to the provider.
  const headers = pageHeaders([new URL(issuer).origin]);

  const open: Route['handle'] = async (request, response) => {
    const canonical = elsewhere(request, publicUrl);
    if (canonical) return redirect(response, canonical);
    if (!(await sessions.personIn(request))) {
      return redirect(response, `/session/sign-in?to=${encodeURIComponent(request.url ?? PORTAL)}`);
    }
    const { version } = await assets();
    response.writeHead(200, { ...headers, vary: 'accept-language' });
    response.end(scriptPage(languageOf(request), ASSETS + version, 'portal'));
  };

  return [
    {
      method: 'GET',
      path: '/',
      async handle(request, response) {
        const canonical = elsewhere(request, publicUrl);
        if (canonical) return redirect(response, canonical);
        const signedIn = (await sessions.personIn(request)) !== undefined;
        response.writeHead(200, { ...headers, vary: 'accept-language' });
        response.end(welcomePage(languageOf(request), signedIn));
      },
    },
    { method: 'GET', path: PORTAL, handle: open },
    { method: 'GET', path: `${PORTAL}/*`, handle: open },
    {
      method: 'GET',
      path: `${ASSETS}*`,
      async handle(request, response) {
        sendAsset(await assets(), request.url!.split('?', 1)[0]!.slice(ASSETS.length), request, response);
      },
    },
  ];
}

/** The language of a page; Chinese where a browser asks for none of the hub's. */
const languageOf = ({ headers }: IncomingMessage): Language => readLanguage(headers, 'zh');
