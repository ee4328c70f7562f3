import { Int } from 'type-graphql';

/** The version of an entry that the caller saw. */
export const VERSION = [
  'version',
  () => Int,
  { description: '版本号\nAs the caller saw it; a decision on another is refused.' },
] as const satisfies [string, () => typeof Int, object];
