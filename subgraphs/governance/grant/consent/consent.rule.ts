import type { Text } from '../../../../shared/kernel/index.js';
import type { RefusalCode } from '../../core/index.js';
import { findConflictOfInterest } from '../../core/separation-of-duties.rule.js';
import { say } from '../messages/index.js';

const COORDINATE = /^[_A-Za-z]\w*\.[_A-Za-z]\w*$/;
const TYPE = /^[_A-Za-z]\w*$/;
/** Longest time for which an owner consents, days. */
const LONGEST_DAYS = 3_660;
const DAY_MS = 86_400_000;

/** Reason for which nothing is done, as data. */
export interface ConsentProblem {
  readonly code: RefusalCode;
  readonly message: Text;
}

/** The scope of a consent that is proposed. */
interface Proposal {
  readonly item: string;
  readonly owner: string;
  readonly receiver: string;
  readonly use: string;
  readonly coordinate: string;
}

/** Checks a proposal, whoever makes it.
 *  @param until  end, milliseconds
 *  @source share-rules section 1, rule 10 */
export function checkProposal(
  { item, owner, receiver, use, coordinate }: Proposal,
  department: string,
  until: number,
  now: number,
): ConsentProblem | undefined {
  const isType = use === 'TYPE';
  if (!(isType ? TYPE : COORDINATE).test(item))
    return malformed(say('consent.item', { form: isType ? say('consent.typeName') : say('consent.coordinate') }));
  if (!(isType || use === 'KEY' ? TYPE : COORDINATE).test(coordinate))
    return malformed(
      say('consent.at', { form: isType || use === 'KEY' ? say('consent.typeName') : say('consent.coordinate'), use }),
    );
  if (owner === receiver) return malformed(say('consent.own'));
  if (department !== owner && department !== receiver)
    return { code: 'OTHER_DEPARTMENT', message: say('consent.parties') };
  if (until <= now) return { code: 'PERIOD_WRONG', message: say('until.over') };
  return until - now > LONGEST_DAYS * DAY_MS ? { code: 'PERIOD_WRONG', message: say('consent.long') } : undefined;
}

/** A consent as its decision finds it. */
export interface ConsentCase {
  readonly owner: string;
  readonly receiver: string;
  /** Absent where a schema proposed it. */
  readonly proposedBy?: string | null | undefined;
  readonly firstBy?: string | null | undefined;
  readonly secondAt?: Date | null | undefined;
  readonly refusedAt?: Date | null | undefined;
  readonly revokedAt?: Date | null | undefined;
  readonly withdrawnAt?: Date | null | undefined;
  readonly until: Date;
}
/** A person who decides on it. */
export interface Decider {
  readonly department: string;
  readonly person: string;
  /** Every account of the person; `person` alone where absent. */
  readonly accounts?: readonly string[];
  /** They hold a post of the receiving department, or have held one since the proposal. */
  readonly isOfReceiver: boolean;
}

/** Checks that a person may agree to a proposal: one of two persons of the owner who had no other part in it, wherever they
 *  work now.
 *  @param until  end that they agree to, milliseconds; as proposed where absent
 *  @source share-rules section 1, rule 10; section 2 (separation of duties) */
export function checkAgreement(
  consent: ConsentCase,
  decider: Decider,
  until: number | undefined,
  now: number,
): ConsentProblem | undefined {
  const unfit = checkOpen(consent, decider);
  if (unfit) return unfit;
  const persons = [consent.proposedBy, consent.firstBy].filter((person) => person != null);
  if (findConflictOfInterest({ department: consent.receiver, persons }, decider))
    return {
      code: 'SAME_PERSON',
      message: say('consent.twoPersons'),
    };
  if (decider.isOfReceiver)
    return {
      code: 'SAME_PERSON',
      message: say('consent.servedReceiver', { receiver: consent.receiver }),
    };
  if (until !== undefined && until > consent.until.getTime())
    return { code: 'TERMS_WIDER', message: say('consent.longer') };
  return (until ?? consent.until.getTime()) <= now ? { code: 'PERIOD_WRONG', message: say('consent.over') } : undefined;
}

/** Checks that a person may refuse a proposal: one of the owner is enough. */
export const checkRefusal = (consent: ConsentCase, decider: Pick<Decider, 'department'>): ConsentProblem | undefined =>
  checkOpen(consent, decider);

/** Checks that a consent may be taken back: by one person of the owner or of the authority. */
export function checkRevocation(
  consent: ConsentCase,
  { department, isAuthority }: { readonly department: string; readonly isAuthority: boolean },
): ConsentProblem | undefined {
  if (department !== consent.owner && !isAuthority)
    return { code: 'NOT_ENTITLED', message: say('consent.onlyOwner', { owner: consent.owner }) };
  return consent.secondAt
    ? undefined
    : {
        code: 'STATE_UNFIT',
        message: consent.withdrawnAt ? say('consent.neverGiven') : say('consent.notGiven'),
      };
}

function checkOpen(consent: ConsentCase, { department }: Pick<Decider, 'department'>): ConsentProblem | undefined {
  if (department !== consent.owner)
    return { code: 'NOT_ENTITLED', message: say('consent.ownerDecides', { owner: consent.owner }) };
  if (consent.withdrawnAt) return { code: 'STATE_UNFIT', message: say('consent.withdrawn') };
  return consent.secondAt || consent.refusedAt
    ? { code: 'ALREADY_DECIDED', message: say('consent.decided') }
    : undefined;
}

const malformed = (message: Text): ConsentProblem => ({ code: 'CONSENT_MALFORMED', message });
