import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { HubError } from '../../../shared/kernel/index.js';
import { PageCookies } from './page-cookies.js';
import type { PersonSessions, PersonTokens } from './person-session.js';
import { say } from '../../request/messages/index.js';

const SESSION = 'session';

/** Sessions of persons as their browsers send them to the hub's own pages. */
export class PageSessions {
  readonly cookies: PageCookies;
  readonly #origin: string;

  /** @param publicUrl  address of the hub as browsers see it */
  constructor(
    readonly sessions: PersonSessions,
    publicUrl: string,
  ) {
    const { protocol, origin } = new URL(publicUrl);
    this.#origin = origin;
    this.cookies = new PageCookies(protocol === 'https:');
  }

  idIn = (headers: IncomingHttpHeaders): string | undefined => this.cookies.read(headers, SESSION);

  find = (id: string): Promise<PersonTokens | undefined> => this.sessions.find(id);

  /** The tokens of the person whose browser sends this request. */
  async personIn({ headers }: IncomingMessage): Promise<PersonTokens | undefined> {
    const id = this.idIn(headers);
    return id === undefined ? undefined : this.sessions.find(id);
  }

  /** Cookie that names a session, and the one that ends it. */
  cookieOf = (id: string, maxAgeSeconds: number): string => this.cookies.set(SESSION, id, maxAgeSeconds);
  get noCookie(): string {
    return this.cookies.clear(SESSION);
  }

  /** Refuses what comes from another site's page. Browsers say where a request comes from; a request that changes
   *  something, or that is sent by a script, says its origin too.
   *  @throws HubError BAD_REQUEST
   *  @source Fetch Metadata Request Headers, `Sec-Fetch-Site`; RFC 6454 section 7 */
  refuseOtherSites({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): void {
    const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (foreign || (origin !== undefined && origin !== this.#origin))
      throw new HubError('BAD_REQUEST', say('page.ownPagesOnly'));
  }
}
