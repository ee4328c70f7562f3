import { randomBytes } from 'node:crypto';
import { OpenIdSignIn } from '../../gateway/http/session/open-id-sign-in.js';
import { PageSessions } from '../../gateway/http/session/page-sessions.js';
import type { PersonSessions, PersonTokens } from '../../gateway/http/session/person-session.js';

/** Sessions in memory, for tests of what stands around them. */
export class MemorySessions implements PersonSessions {
  readonly kept = new Map<string, PersonTokens>();

  begin(tokens: PersonTokens): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    this.kept.set(id, tokens);
    return Promise.resolve(id);
  }
  find = (id: string) => Promise.resolve(this.kept.get(id));
  end(id: string): Promise<PersonTokens | undefined> {
    const tokens = this.kept.get(id);
    this.kept.delete(id);
    return Promise.resolve(tokens);
  }
}

/** Sign-in to pages at a provider, with sessions in memory. */
export function openMemorySignIn(issuer: string, publicUrl: string, audience: string) {
  const signIn = new OpenIdSignIn({ issuer, audience, clientId: 'sharehub-graphiql', publicUrl });
  return { issuer, publicUrl, signIn, sessions: new PageSessions(new MemorySessions(), publicUrl) };
}
