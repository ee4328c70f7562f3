import type { ConsentProposal } from '../../../../shared/share/releases/find-proposals.js';

/** A stored consent, as far as proposals of schemas are judged by it. */
export interface StoredConsent {
  readonly id: string;
  readonly item: string;
  readonly owner: string;
  readonly receiver: string;
  readonly receiver_subgraph: string;
  readonly use: string;
  readonly coordinate: string;
  readonly until_at: Date;
  /** Absent from one that a schema proposed. */
  readonly proposed_by?: string | null | undefined;
  readonly second_at?: Date | null | undefined;
  readonly refused_at?: Date | null | undefined;
  readonly revoked_at?: Date | null | undefined;
  readonly withdrawn_at?: Date | null | undefined;
}
export interface ProposalPlan {
  readonly propose: readonly ConsentProposal[];
  /** Ids of undecided proposals. */
  readonly withdraw: readonly string[];
}

/** Compares what schemas propose with what is stored. Proposed anew is what nobody has answered in its time, what was
 *  withdrawn before and what has ended; not what a person of the owner has refused or taken back, for the schema says
 *  nothing that they did not know.
 *  @param stored    oldest first
 *  @param complete  every schema was read; else nothing is withdrawn, for it may stand in one that was not
 *  @param now       milliseconds */
export function planProposals(
  proposals: readonly ConsentProposal[],
  stored: readonly StoredConsent[],
  complete: boolean,
  now: number,
): ProposalPlan {
  const isOver = ({ until_at }: StoredConsent): boolean => until_at.getTime() <= now;
  const propose = proposals.filter((proposal) => {
    const known = stored.filter((consent) => isSameScope(consent, proposal));
    const newest = known.at(-1);
    if (newest?.refused_at || newest?.revoked_at) return false;
    return !known.some(
      (consent) => !isOver(consent) && !consent.refused_at && !consent.revoked_at && !consent.withdrawn_at,
    );
  });
  const withdraw = stored
    .filter(isUndecidedOfSchema)
    .filter(
      (consent) => isOver(consent) || (complete && !proposals.some((proposal) => isSameScope(consent, proposal))),
    );
  return { propose, withdraw: withdraw.map(({ id }) => id) };
}

const isUndecidedOfSchema = (consent: StoredConsent): boolean =>
  consent.proposed_by == null && !consent.second_at && !consent.refused_at && !consent.withdrawn_at;

const isSameScope = (consent: StoredConsent, proposal: ConsentProposal): boolean =>
  consent.item === proposal.item &&
  consent.owner === proposal.owner &&
  proposal.receivers.includes(consent.receiver) &&
  consent.receiver_subgraph === proposal.receiverSubgraph &&
  consent.use === proposal.use &&
  consent.coordinate === proposal.coordinate;
