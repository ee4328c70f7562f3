import type { Sentence } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { say } from '../request/messages/index.js';

/** A person who tries a subgraph of their department. */
export interface VariantOpener {
  readonly department: string;
  readonly person: string;
}

/** Posts that may submit a version of a subgraph, and so try one. @source QZ-9.2d, HZ-9.1b */
const POSTS = ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'];

/** Decides whether a person may try a subgraph now: whoever may submit a version of it. It is asked again at every request.
 *  @returns  why not; undefined where they may */
export function findVariantProblem(
  subgraph: string,
  { department, person }: VariantOpener,
  { officers, departments, publishers }: Pick<GovernanceSnapshot, 'officers' | 'departments' | 'publishers'>,
): Sentence | undefined {
  if (subgraph === 'governance') return say('variant.governance');
  const officer = officers.get(person);
  if (
    !officer ||
    officer.suspended ||
    officer.department !== department ||
    departments.get(department)?.suspended !== false
  )
    return say('variant.activePerson');
  if (!officer.roles.includes('provider') || !officer.posts?.some((post) => POSTS.includes(post)))
    return say('variant.post');
  const permitted = publishers.get(subgraph) ?? [];
  if (!permitted.includes(department)) return say('variant.noPermit', { subgraph });
  // Owners have consented to what the others receive, and not to this department's having it.
  const others = permitted.filter((each) => each !== department);
  if (others.length > 0) return say('variant.ofSeveral', { subgraph, others: others.join(', ') });
  return undefined;
}
