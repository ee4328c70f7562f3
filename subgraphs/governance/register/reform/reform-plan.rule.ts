import type { Text } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

const MOST_LINES = 500;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

/** A plan as far as it is looked at by itself. */
interface Plan {
  readonly basis: readonly string[];
  readonly effectiveAt: Date;
  readonly lines: readonly {
    readonly kind: string;
    readonly id: string;
    readonly to: string;
    readonly posts?: unknown;
  }[];
}

/** Finds what is wrong with a plan by itself: a reform rests on a document, and each thing goes to one department.
 *  @param now  ms since the epoch */
export function findPlanProblems({ basis, effectiveAt, lines }: Plan, now: number): Text[] {
  const problems: Text[] = [];
  if (basis.length === 0 || basis.length > 20) problems.push(say('reform.basis'));
  if (lines.length === 0 || lines.length > MOST_LINES) problems.push(say('reform.lines', { most: MOST_LINES }));
  const at = effectiveAt.getTime();
  if (!(at >= now - DAY_MS && at <= now + MOST_DAYS * DAY_MS)) problems.push(say('reform.time', { days: MOST_DAYS }));
  const seen = new Set<string>();
  for (const { kind, id, to, posts } of lines) {
    if (seen.has(`${kind} ${id}`)) problems.push(say('reform.twice', { id }));
    seen.add(`${kind} ${id}`);
    if (kind === 'END' && id === to) problems.push(say('reform.toItself', { id }));
    if (kind !== 'PERSON' && posts != null) problems.push(say('reform.posts', { id }));
  }
  return problems;
}
