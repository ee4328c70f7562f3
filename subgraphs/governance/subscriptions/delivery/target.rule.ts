/** Targets that the operator allows. */
export interface PushSettings {
  /** Origins that a webhook may have; empty where webhooks are off. */
  readonly origins: readonly string[];
  /** True where files may be written. */
  readonly files: boolean;
}
export type TargetKind = 'webhook' | 'file';
/** Reason for which a target is refused. */
export interface TargetProblem {
  readonly code: 'PUSH_OFF' | 'TARGET_MALFORMED' | 'HOST_NOT_LISTED';
  readonly message: string;
}

/** A folder's name: no separators, no dots, the same on every file system. */
export const FOLDER_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const LONGEST_URL = 500;

/** Checks a target against the operator's settings. Deny by default: what is not listed there is refused.
 *  @param settings  undefined before a worker has published any
 *  @returns         undefined when something may be pushed to the target */
export function findTargetProblem(
  kind: TargetKind,
  target: string,
  settings: PushSettings | undefined,
): TargetProblem | undefined {
  if (!settings || (kind === 'webhook' ? settings.origins.length === 0 : !settings.files))
    return {
      code: 'PUSH_OFF',
      message: `Push by ${kind} is not switched on here. Ask the operator (${kind === 'webhook' ? 'PUSH_HOSTS' : 'PUSH_FOLDER'}).`,
    };
  if (kind === 'file')
    return FOLDER_NAME.test(target)
      ? undefined
      : malformed('A folder is named with small letters, digits, hyphens and underscores, at most 63.');
  if (target.length > LONGEST_URL || !URL.canParse(target))
    return malformed(`A webhook needs a URL of at most ${LONGEST_URL} characters.`);
  const url = new URL(target);
  if (url.username || url.password || url.hash) return malformed('The URL must name no user, password or fragment.');
  if (!settings.origins.includes(url.origin))
    return {
      code: 'HOST_NOT_LISTED',
      message: 'The operator has not listed this host, port and protocol. Ask to have it listed (PUSH_HOSTS).',
    };
  return undefined;
}

const malformed = (message: string): TargetProblem => ({ code: 'TARGET_MALFORMED', message });

/** A target as others may see it, since a URL's path may hold a secret of the receiver. */
export const redactTarget = ({ kind, target }: { readonly kind: TargetKind; readonly target: string }): string =>
  kind === 'webhook' ? new URL(target).origin : target;
