/** What the operator allows. */
export interface PushOffer {
  /** Origins that a webhook may have; none where webhooks are off. */
  readonly origins: readonly string[];
  /** Whether files may be written. */
  readonly files: boolean;
}
export type TargetKind = 'webhook' | 'file';
/** Why a target cannot be; the code is stable. */
export interface WrongTarget {
  readonly code: 'PUSH_OFF' | 'TARGET_MALFORMED' | 'HOST_NOT_LISTED';
  readonly message: string;
}

/** A folder's name: no separators, no dots, the same on every file system. */
export const FOLDER_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const LONGEST_URL = 500;

/** Whether uses may be pushed to a target. Deny by default: what the operator has not listed is refused.
 *  @returns undefined when they may */
export function wrongTarget(kind: TargetKind, target: string, offer: PushOffer | undefined): WrongTarget | undefined {
  if (!offer || (kind === 'webhook' ? offer.origins.length === 0 : !offer.files))
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
  if (!offer.origins.includes(url.origin))
    return {
      code: 'HOST_NOT_LISTED',
      message: 'The operator has not listed this host, port and protocol. Ask to have it listed (PUSH_HOSTS).',
    };
  return undefined;
}

const malformed = (message: string): WrongTarget => ({ code: 'TARGET_MALFORMED', message });

/** A target as others may see it: a URL's path may hold what only the receiver should know. */
export const shownTarget = ({ kind, target }: { readonly kind: TargetKind; readonly target: string }): string =>
  kind === 'webhook' ? new URL(target).origin : target;
