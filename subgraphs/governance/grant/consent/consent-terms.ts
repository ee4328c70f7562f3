import type { OwnerConsent } from './owner-consent.entity.js';

type Terms = Pick<
  OwnerConsent,
  'item' | 'owner' | 'receiver' | 'receiverSubgraph' | 'use' | 'coordinate' | 'purpose' | 'until' | 'state'
>;

/** The terms of a consent after an act on it, for the audit log. */
export const consentTerms = (consent: Terms): Readonly<Record<string, unknown>> => {
  const { item, owner, receiver, receiverSubgraph, use, coordinate, purpose, until, state } = consent;
  return { item, owner, receiver, receiverSubgraph, use, coordinate, purpose, until, state };
};
