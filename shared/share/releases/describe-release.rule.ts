import type { ConsentScope, Release, ReleaseUse } from './release.js';

const ACCOUNTS: Readonly<Record<ReleaseUse, (release: Release) => string>> = {
  KEY: (r) => `The key of ${r.forCoordinate} sends ${r.item}`,
  REQUIRES: (r) => `${r.forCoordinate} requires ${r.item}, which is sent`,
  ARGUMENT: (r) => `An argument of ${r.forCoordinate} is filled with ${r.item}, which is sent`,
  OVERRIDE: (r) => `${r.item} is taken over`,
  SHAREABLE: (r) => `${r.item} is served a second time`,
  PROVIDES: (r) => `${r.forCoordinate} provides ${r.item}`,
  ROOT_FIELD: (r) => `The root field ${r.item} is served`,
  TYPE: (r) => `${r.item} is entered in the catalogue`,
};

/** A release in a sentence, without its full stop. */
export function describeRelease(release: Release): string {
  const { use, receiverSubgraph, receiverDepartments } = release;
  const isSent = use === 'KEY' || use === 'REQUIRES' || use === 'ARGUMENT';
  return `${ACCOUNTS[use](release)} ${isSent ? 'to' : 'by'} subgraph ${receiverSubgraph} (${receiverDepartments.join(', ')})`;
}

/** The consent that a release needs: the input of the act that proposes it. */
export const toConsentScope = (release: Release): ConsentScope => ({
  item: release.item,
  owner: release.owner,
  receiver: release.receiverDepartments[0] ?? '',
  receiverSubgraph: release.receiverSubgraph,
  use: release.use,
  coordinate: release.forCoordinate,
});
