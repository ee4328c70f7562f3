import type { IncomingHttpHeaders } from 'node:http';
import { HubError, type Caller } from '../../../shared/kernel/index.js';
import type { PageSessions } from './page-sessions.js';
import { say } from '../../request/messages/index.js';

type Identify = (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;

/** Identifies callers by an access token, or where a request carries none by the session of the hub's own page that sent
 *  it: another site's page can neither set the header `sharehub-page` without the browser's question nor claim the hub's
 *  origin.
 *  @throws HubError BAD_REQUEST for a session beside a token; UNAUTHENTICATED for one that has ended or that no page of the
 *          hub sends
 *  @source OWASP Cross-Site Request Forgery Prevention, "Custom request headers" */
export const identifyBySession =
  (identify: Identify, sessions: PageSessions): Identify =>
  async (headers) => {
    const id = headers['sharehub-page'] === undefined ? undefined : sessions.idIn(headers);
    if (headers['sharehub-page'] === undefined) return identify(headers);
    if (headers.authorization !== undefined) throw new HubError('BAD_REQUEST', say('page.tokenBesideSession'));
    sessions.refuseOtherSites(headers);
    const tokens = id === undefined ? undefined : await sessions.find(id);
    if (!tokens) throw new HubError('UNAUTHENTICATED', say('page.sessionEnded'));
    return identify({ ...headers, authorization: `Bearer ${tokens.accessToken}` });
  };
