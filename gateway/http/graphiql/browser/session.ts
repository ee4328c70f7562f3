/** The signed-in person, as the hub describes them to the page. */
export interface Session {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Who it is, as their provider names them. */
  readonly subject: string;
  readonly person: string;
  readonly department: string;
  readonly scenarios: readonly { readonly code: string; readonly name: string; readonly purpose: string }[];
}

export const signIn = (): void => location.assign('/graphiql/login');

/** The session, or nothing while the browser goes to sign in. */
export async function readSession(): Promise<Session | undefined> {
  const response = await fetch('/graphiql/session', { headers: { accept: 'application/json' } });
  if (response.ok) return (await response.json()) as Session;
  signIn();
  return undefined;
}
