/** How persons sign in through a system. */
export interface SignIn {
  readonly redirectUris: readonly string[];
  readonly browser: boolean;
}

const MOST = 10;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Finds what is wrong with the addresses that persons are sent back to with their code. They are compared letter by
 *  letter, so each is absolute and exact.
 *  @source RFC 6749 section 3.1.2, RFC 8252 section 7.3, RFC 9700 section 2.1
 *  @returns undefined when nothing is */
export function findSignInProblem({ redirectUris, browser }: SignIn): string | undefined {
  if (redirectUris.length > MOST) return `\`redirectUris\` names at most ${MOST} addresses.`;
  if (new Set(redirectUris).size < redirectUris.length) return '`redirectUris` names an address twice.';
  if (browser && redirectUris.length === 0)
    return 'A system that runs in a browser has no secret, so persons sign in through it: name an address in `redirectUris`.';
  for (const uri of redirectUris) {
    const problem = findUriProblem(uri);
    if (problem) return `\`redirectUris\`: ${uri} ${problem}.`;
  }
  return undefined;
}

function findUriProblem(uri: string): string | undefined {
  if (!URL.canParse(uri) || uri.length > 500) return 'is no address';
  const { protocol, hostname, hash, username, password, href } = new URL(uri);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.has(hostname)))
    return 'must begin with https://, or with http:// for this machine';
  if (hash !== '' || uri.includes('#')) return 'must have no fragment';
  if (username !== '' || password !== '') return 'must name no user';
  if (uri.includes('*') || href !== uri) return `must be exact, as in ${href.replaceAll('*', '')}`;
  return undefined;
}
