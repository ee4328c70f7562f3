import type { Text } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

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
  readonly message: Text;
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
      message: say('target.off', { kind, setting: kind === 'webhook' ? 'PUSH_HOSTS' : 'PUSH_FOLDER' }),
    };
  if (kind === 'file') return FOLDER_NAME.test(target) ? undefined : malformed(say('target.folder'));
  if (target.length > LONGEST_URL || !URL.canParse(target)) return malformed(say('target.url', { most: LONGEST_URL }));
  const url = new URL(target);
  if (url.username || url.password || url.hash) return malformed(say('target.bareUrl'));
  if (!settings.origins.includes(url.origin))
    return {
      code: 'HOST_NOT_LISTED',
      message: say('target.host'),
    };
  return undefined;
}

const malformed = (message: Text): TargetProblem => ({ code: 'TARGET_MALFORMED', message });

/** A target as others may see it, since a URL's path may hold a secret of the receiver. */
export const redactTarget = ({ kind, target }: { readonly kind: TargetKind; readonly target: string }): string =>
  kind === 'webhook' ? new URL(target).origin : target;
