import type { CountedFinding } from './finding.type.js';
import type { VersionState } from './subgraph-version.entity.js';
import { say } from './messages/index.js';
import { joinTexts, type Text, type Sentence } from '../../../shared/kernel/index.js';
import { wordFinding } from './messages/findings.js';

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
  readonly message: Text;
  readonly details?: readonly Text[];
}

const UNFIT = {
  PENDING: 'publish.pending',
  REFUSED: 'publish.refused',
  REPLACED: 'publish.replaced',
  SUPERSEDED: 'publish.superseded',
} as const satisfies Readonly<Partial<Record<VersionState, string>>>;

/** Decides whether a person may publish a version: never their own submission, only beside what it was checked with, and
 *  as the authority where departments that have grants or use an item lose something, an item is shared more widely, or it goes
 *  before the day that its deprecation promised.
 *  @source QZ-5.10, share-rules section 2 (separation of duties) */
export function checkPublication(facts: PublicationFacts): PublicationProblem | undefined {
  const { id, state, submittedBy, checkedAgainst, published, accounts, isAuthority, findings } = facts;
  if (state in UNFIT) return { code: 'STATE_UNFIT', message: say(UNFIT[state as keyof typeof UNFIT], { id }) };
  if (accounts.includes(submittedBy)) return { code: 'SAME_PERSON', message: say('publish.samePerson', { id }) };
  if (checkedAgainst !== published) {
    const message = say('publish.stale', { id });
    return { code: 'STALE_VERSION', message };
  }
  const grave = findings.filter(needsAuthority);
  if (grave.length === 0 || isAuthority) return undefined;
  const message = say('publish.authority');
  return { code: 'NOT_ENTITLED', message, details: grave.slice(0, 20).map(describeFinding) };
}

/** A day that was promised to everybody is kept also where nobody used the item yet. */
const needsAuthority = ({ code, severity, grants, uses = [] }: CountedFinding): boolean =>
  severity === 'OPENING' || code === 'REMOVED_EARLY' || (severity === 'BREAKING' && (grants > 0 || uses.length > 0));

const describeFinding = ({ code, message, grants, scenarios, uses = [] }: CountedFinding): Sentence =>
  joinTexts(
    [
      { in: (language) => `${code}: ${wordFinding(code, message).in(language)}` },
      ...(grants > 0 ? [say('publish.grants', { grants, scenarios: joinTexts(scenarios, ',') })] : []),
      ...uses
        .slice(0, 20)
        .map(({ department, scenario, lastUse: day }) => say('publish.usedBy', { department, scenario, day })),
    ],
    ' ',
  );

/** Names a set of published versions: a check is good for this set alone. */
export const fingerprintOf = (published: readonly { readonly id: string }[]): string =>
  published
    .map(({ id }) => id)
    .sort()
    .join(' ');
