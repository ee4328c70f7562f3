import type { CountedFinding } from './finding.type.js';
import type { VersionState } from './subgraph-version.entity.js';

/** A version that somebody wants to publish, as far as the decision depends on it. */
export interface PublicationFacts {
  readonly id: string;
  readonly state: VersionState;
  readonly submittedBy: string;
  readonly checkedAgainst?: string | null;
  /** Names what is published now; see `fingerprintOf`. */
  readonly published: string;
  /** Every account of the person who publishes. */
  readonly accounts: readonly string[];
  readonly isAuthority: boolean;
  /** Findings with the grants that there are now. */
  readonly findings: readonly CountedFinding[];
}
export interface PublicationProblem {
  readonly code: 'STATE_UNFIT' | 'SAME_PERSON' | 'STALE_VERSION' | 'NOT_ENTITLED';
  readonly message: string;
  readonly details?: readonly string[];
}

const UNFIT: Readonly<Partial<Record<VersionState, string>>> = {
  PENDING: 'is not checked yet. Try again shortly.',
  REFUSED: 'was refused by its check. Submit one that is mended.',
  REPLACED: 'was replaced by a later submission.',
  SUPERSEDED: 'was in force before. Roll back to it (`rollbackSubgraph`).',
};

/** Decides whether a person may publish a version: never their own submission, only beside what it was checked with, and
 *  as the authority where departments that have grants or use an item lose something, or an item is shared more widely.
 *  @source QZ-5.10, share-rules section 2 (separation of duties) */
export function checkPublication(facts: PublicationFacts): PublicationProblem | undefined {
  const { id, state, submittedBy, checkedAgainst, published, accounts, isAuthority, findings } = facts;
  const unfit = UNFIT[state];
  if (unfit !== undefined) return { code: 'STATE_UNFIT', message: `${id} ${unfit}` };
  if (accounts.includes(submittedBy))
    return { code: 'SAME_PERSON', message: `You submitted ${id}: another person publishes it.` };
  if (checkedAgainst !== published) {
    const message = `Another version was published since ${id} was checked, so it is checked again. Try again shortly.`;
    return { code: 'STALE_VERSION', message };
  }
  const grave = findings.filter(needsAuthority);
  if (grave.length === 0 || isAuthority) return undefined;
  const message =
    'It shares items more widely, or takes something from departments that have live grants or use it, so the authority publishes it.';
  return { code: 'NOT_ENTITLED', message, details: grave.slice(0, 20).map(describeFinding) };
}

const needsAuthority = ({ severity, grants, uses = [] }: CountedFinding): boolean =>
  severity === 'OPENING' || (severity === 'BREAKING' && (grants > 0 || uses.length > 0));

const describeFinding = ({ code, message, grants, scenarios, uses = [] }: CountedFinding): string =>
  [
    `${code}: ${message}`,
    ...(grants > 0 ? [`Live grants: ${grants} (${scenarios.join(', ')}).`] : []),
    ...uses.slice(0, 20).map(({ department, scenario, lastUse }) => `Used by ${department}/${scenario} on ${lastUse}.`),
  ].join(' ');

/** Names a set of published versions: a check is good for this set alone. */
export const fingerprintOf = (published: readonly { readonly id: string }[]): string =>
  published
    .map(({ id }) => id)
    .sort()
    .join(' ');
