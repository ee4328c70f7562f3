import type { IncomingHttpHeaders } from 'node:http';

/** Cookies of the hub's own pages: invisible to scripts, sent to the hub alone, and not with requests of other sites' pages
 *  (the way back from the OpenID provider is a navigation, so `Lax`, not `Strict`).
 *  @source RFC 6265bis section 4.1.3, "Cookie Name Prefixes" */
export class PageCookies {
  readonly #prefix: string;
  readonly #attributes: string;

  /** @param secure  whether browsers reach the hub over TLS; without it no name may begin with `__Host-` */
  constructor(secure: boolean) {
    this.#prefix = secure ? '__Host-sharehub-' : 'sharehub-';
    this.#attributes = `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  set(name: string, value: string, maxAgeSeconds: number): string {
    return `${this.#prefix}${name}=${value}; Max-Age=${maxAgeSeconds}${this.#attributes}`;
  }

  clear(name: string): string {
    return this.set(name, '', 0);
  }

  read({ cookie = '' }: IncomingHttpHeaders, name: string): string | undefined {
    for (const pair of cookie.split(';')) {
      const [key, value] = pair.trim().split('=', 2);
      if (key === this.#prefix + name && value) return value;
    }
    return undefined;
  }
}
