import { createContext, useContext } from 'react';

export type Role =
  'provider' | 'consumer' | 'authority' | 'secrecy-reviewer' | 'operator' | 'auditor' | 'citizen-service';

/** The signed-in person, as the hub describes them to its pages. */
export interface Session {
  /** Of the jurisdiction, whose days are shown and meant. */
  readonly timeZone: string;
  /** Who it is, as their OpenID provider names them. */
  readonly subject: string;
  readonly person: string;
  /** Absent for a person who is not registered with a department. */
  readonly department?: { readonly code: string; readonly name: string };
  readonly roles: readonly Role[];
  readonly scenarios: readonly { readonly code: string; readonly name: string; readonly purpose: string }[];
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** The signed-in person. Every page stands below the frame, which is shown to nobody else. */
export function useSession(): Session {
  return useContext(SessionContext)!;
}

/** Sends the browser to sign in, and back to this page. */
export const signIn = (): void =>
  location.assign(`/session/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);

/** @returns undefined where nobody is signed in */
export async function readSession(): Promise<Session | undefined> {
  const response = await fetch('/session', { headers: { accept: 'application/json' } });
  return response.ok ? ((await response.json()) as Session) : undefined;
}
