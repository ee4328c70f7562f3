import type { Text } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

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
export function findSignInProblem({ redirectUris, browser }: SignIn): Text | undefined {
  if (redirectUris.length > MOST) return say('signIn.most', { most: MOST });
  if (new Set(redirectUris).size < redirectUris.length) return say('signIn.twice');
  if (browser && redirectUris.length === 0) return say('signIn.browser');
  for (const uri of redirectUris) {
    const problem = findUriProblem(uri);
    if (problem) return say('uri.wrong', { uri, problem });
  }
  return undefined;
}

function findUriProblem(uri: string): Text | undefined {
  if (!URL.canParse(uri) || uri.length > 500) return say('uri.none');
  const { protocol, hostname, hash, username, password, href } = new URL(uri);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.has(hostname))) return say('uri.https');
  if (hash !== '' || uri.includes('#')) return say('uri.fragment');
  if (username !== '' || password !== '') return say('uri.user');
  if (uri.includes('*') || href !== uri) return say('uri.exact', { exact: href.replaceAll('*', '') });
  return undefined;
}
