import type { IncomingMessage } from 'node:http';

/** Cookies of the query page: invisible to scripts, sent to it alone, and not with requests of other sites' pages
 *  (the way back from the OpenID provider is a navigation, so `Lax`, not `Strict`). */
export class PageCookies {
  readonly #attributes: string;

  /** @param secure  whether browsers reach the hub over TLS */
  constructor(secure: boolean) {
    this.#attributes = `; Path=/graphiql; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  set(name: string, value: string, maxAgeSeconds: number): string {
    return `${name}=${value}; Max-Age=${maxAgeSeconds}${this.#attributes}`;
  }

  clear(name: string): string {
    return this.set(name, '', 0);
  }

  read(request: IncomingMessage, name: string): string | undefined {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [key, value] = pair.trim().split('=', 2);
      if (key === name && value) return value;
    }
    return undefined;
  }
}
