import { pageHeaders, scriptPage } from '../pages/page-html.js';
import { openPageAssets, sendAsset } from '../pages/page-assets.js';
import { readLanguage } from '../request-headers.js';
import type { Route } from '../routes.js';
import type { PageSessions } from '../session/page-sessions.js';
import { elsewhere, redirect } from '../session/session-routes.js';

export interface QueryPageOptions {
  readonly sessions: PageSessions;
  /** Address of the hub as browsers see it. */
  readonly publicUrl: string;
  readonly issuer: string;
}

const ASSETS = '/graphiql/assets/';

/** GraphiQL at `/graphiql`, for persons who have signed in. What a person may see is decided as for any caller. */
export function queryPageRoutes({ sessions, publicUrl, issuer }: QueryPageOptions): Route[] {
  const assets = openPageAssets('query-page');
  // Signing out leads on to the provider.
  const headers = pageHeaders([new URL(issuer).origin]);
  return [
    {
      method: 'GET',
      path: '/graphiql',
      async handle(request, response) {
        const canonical = elsewhere(request, publicUrl);
        if (canonical) return redirect(response, canonical);
        if (!(await sessions.personIn(request))) {
          const to = encodeURIComponent(request.url ?? '/graphiql');
          return redirect(response, `/session/sign-in?to=${to}`);
        }
        const { version } = await assets();
        response.writeHead(200, { ...headers, vary: 'accept-language' });
        response.end(scriptPage(readLanguage(request.headers, 'zh'), ASSETS + version, 'query-page'));
      },
    },
    {
      method: 'GET',
      path: `${ASSETS}*`,
      async handle(request, response) {
        sendAsset(await assets(), request.url!.split('?', 1)[0]!.slice(ASSETS.length), request, response);
      },
    },
  ];
}
