import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../trust/signed-context.js';

/** Finds the department and roles of a caller where they are others than the hub has signed. */
export type FollowCaller = (
  em: EntityManager,
  fetch: FetchContext,
) => Promise<Pick<FetchContext, 'department' | 'roles'> | undefined>;

/** True for an answer without data whose every error says that the caller's department changed while it was made. */
export function wasOvertaken(body: string): boolean {
  if (!body.includes('"CALLER_MOVED"')) return false;
  const { data, errors } = JSON.parse(body) as {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  const isMoved = errors?.every(({ extensions }) => extensions?.code === 'CALLER_MOVED') ?? false;
  return isMoved && Object.values(data ?? {}).every((value) => value === null);
}
