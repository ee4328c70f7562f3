/** Tokens of a person who has signed in. They never leave the hub. */
export interface PersonTokens {
  /** As the OpenID provider names the person. */
  readonly subject: string;
  readonly accessToken: string;
  readonly idToken: string;
  /** Absent where the provider gives none; the session then ends with the access token. */
  readonly refreshToken?: string | undefined;
  /** End of the access token, milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Sessions of persons at the hub's own pages, by an identifier that only the person's browser has. */
export interface PersonSessions {
  /** Begins a session.
   *  @returns its identifier, 256 random bits, base64url */
  begin(tokens: PersonTokens): Promise<string>;
  /** The tokens of a session that has neither ended nor been idle for too long, renewed where they are about to end; using
   *  it keeps it. */
  find(id: string): Promise<PersonTokens | undefined>;
  /** Ends a session.
   *  @returns its tokens, where it had not ended */
  end(id: string): Promise<PersonTokens | undefined>;
}

/** Longest time for which a session is kept, and without use, seconds.
 *  @source OWASP ASVS 5.0 section 7.3, which leaves the figures to the risk: a working day and half an hour */
export const SESSION_SECONDS = 8 * 3600;
export const IDLE_SECONDS = 30 * 60;
/** Time before the end of an access token at which it is renewed, seconds. */
export const RENEW_SECONDS = 60;
