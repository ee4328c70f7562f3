import { GRANT_MODES, type GrantMode } from '../../kernel/index.js';
import type { Profile } from './profile.js';

/** Modes in which a department may apply for an item that is not shared: all where a value may be had by the way of
 *  disputes, else those that show no value. @source CZ-11g, YN-18, QZ-5.4d */
export function listNotSharedModes({ applications }: Profile): readonly GrantMode[] {
  const { route, modes } = applications?.notShared ?? {};
  return route ? GRANT_MODES : (modes?.value ?? ['VERIFY', 'STATISTICS']);
}
