/** The signed-in person, as the hub describes them to its pages. */
export interface Session {
  /** Who it is, as their provider names them. */
  readonly subject: string;
  readonly person: string;
  readonly department?: { readonly code: string; readonly name: string };
  readonly scenarios: readonly { readonly code: string; readonly name: string; readonly purpose: string }[];
}

export const signIn = (): void =>
  location.assign(`/session/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);

/** The session, or nothing while the browser goes to sign in. */
export async function readSession(): Promise<Session | undefined> {
  const response = await fetch('/session', { headers: { accept: 'application/json' } });
  if (response.ok) return (await response.json()) as Session;
  signIn();
  return undefined;
}
