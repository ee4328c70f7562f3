import type { SubjectHash } from '../evidence/keys/index.js';
import type { Coordinate, Grant, Role, ShareType } from '../kernel/index.js';
import type { SubjectKind } from '../trust/protected-subjects.js';
import type { Consent, Publishers } from '../share/releases/release.js';
import type { Successions } from '../share/succession/succession.js';
import type { KeyVersions } from '../trust/subgraph-keys.js';

/** Decisions of governance that the gateway enforces. The gateway reads nothing else of governance. */
export interface GovernanceSnapshot {
  /** Grows with every change that governance commits. */
  readonly version: number;
  readonly departments: ReadonlyMap<string, DepartmentEntry>;
  /** By OpenID client id. */
  readonly systems: ReadonlyMap<string, SystemEntry>;
  /** By OpenID subject. */
  readonly officers: ReadonlyMap<string, OfficerEntry>;
  /** By `department|scenario`; see `scenarioKey`. */
  readonly scenarios: ReadonlyMap<string, ScenarioEntry>;
  /** Grants by `department|scenario`. Replaced as a whole when any grant of the pair changes. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  /** Departments whose items each subgraph may publish. It and `consents` are replaced only when one of them changes. */
  readonly publishers: Publishers;
  /** Consents that owners have given, also those that were revoked or have ended. */
  readonly consents: readonly Consent[];
  /** What departments have taken over from others by reforms, the oldest first. Replaced only as `publishers` is. */
  readonly successions?: Successions;
  /** Version in which permits, consents or successions last changed. */
  readonly releases?: number;
  /** Subgraphs that departments have published. Replaced only when one of them has changed; absent where there is no registry. */
  readonly subgraphs?: readonly PublishedSubgraph[];
  /** The version that was checked last and waits for its publication. */
  readonly upcoming?: PublishedSubgraph;
  /** Version in which `subgraphs` or `upcoming` last changed. */
  readonly registry?: number;
  /** Keys of the subgraphs whose key was ever rotated. */
  readonly keys?: KeyVersions;
  /** Items of subjects that are under correction. Replaced only when one of them has changed; absent where there are none. */
  readonly disputes?: readonly Dispute[];
  /** Version in which `disputes` last changed. */
  readonly disputed?: number;
  /** Protections of subjects, also those that have ended by their time. Replaced only when one of them has changed; absent
   *  where governance keeps none. */
  readonly protections?: readonly Protection[];
  /** Version in which `protections` last changed. */
  readonly protectionsVersion?: number;
  /** Published catalogue items, keyed by schema coordinate. Replaced as a whole when an entry is published or taken back;
   *  absent where the SDL alone counts. */
  readonly published?: PublishedItems;
  /** Version in which `published` last changed. */
  readonly catalogue?: number;
}
/** An item of a subject that is under correction. It does not say who reported it. */
export interface Dispute {
  /** Number of the correction. */
  readonly correction: string;
  readonly item: Coordinate;
  /** Hashes of the subject, one under each key that was kept when they were made. */
  readonly hashes: readonly SubjectHash[];
  /** Instant from which the item is disputed, ms since the epoch. */
  readonly since: number;
  /** Status of the correction. */
  readonly stage: string;
  /** Words of the law in force on serving the person meanwhile. */
  readonly notice?: string;
  /** Key of the digests by which a change of the value is proven. */
  readonly proofKey: string;
}
/** A decision of an owner that the records of a subject in its resources are withheld. */
export interface Protection {
  readonly id: string;
  /** Department code. */
  readonly owner: string;
  readonly kind: SubjectKind;
  /** The identifier, sealed; see `openSubject`. */
  readonly sealed: string;
  /** The identifier, where the reader has opened it. */
  readonly identifier?: string;
  /** Purposes from which nothing is withheld. */
  readonly purposes: readonly { readonly department: string; readonly scenario: string }[];
  /** First instant after it, milliseconds. */
  readonly until: number;
}
/** The version of a subgraph that is in force. */
export interface PublishedSubgraph {
  readonly id: string;
  readonly subgraph: string;
  /** Address that operations are sent to. */
  readonly url: string;
  readonly sdl: string;
  /** The version in force before it: served when this one cannot be. */
  readonly previous?: PublishedSubgraph;
}
export type PublishedItems = ReadonlyMap<string, PublishedItem>;
/** An item of an entry that was reviewed and published. */
export interface PublishedItem {
  readonly provider: string;
  readonly shareType: ShareType;
}
export interface DepartmentEntry {
  readonly code: string;
  readonly name: string;
  readonly suspended: boolean;
  readonly roles: readonly Role[];
}
export interface SystemEntry {
  readonly clientId: string;
  readonly name: string;
  readonly department: string;
  readonly suspended: boolean;
  /** Addresses that persons who sign in through it are sent back to. */
  readonly redirectUris?: readonly string[];
  /** It runs in a browser and has no secret. */
  readonly browser?: boolean;
  /** SHA-256, hex, of the operations that are registered for it. */
  readonly documents?: ReadonlySet<string>;
  /** It may run nothing but `documents`. */
  readonly documentsOnly?: boolean;
}
export interface OfficerEntry {
  readonly subject: string;
  readonly name: string;
  readonly department: string;
  readonly roles: readonly Role[];
  /** Posts that are filled with this person now. */
  readonly posts?: readonly string[];
  readonly suspended: boolean;
}
export interface ScenarioEntry {
  readonly code: string;
  readonly department: string;
  readonly name: string;
  readonly purpose: string;
}

export const scenarioKey = (department: string, scenario: string): string => `${department}|${scenario}`;

/** A live view of governance. */
export interface GovernanceFeed {
  /** The newest snapshot.
   *  @throws HubError GRANTS_STALE when it could not be confirmed within the lease (fail closed) */
  current(): Promise<GovernanceSnapshot>;
  /** Same, without waiting: undefined when it is not fresh. The hot path asks this first. */
  fresh(): GovernanceSnapshot | undefined;
  /** Calls back after every change of the view, so that work under way can look again.
   *  @returns  ends it */
  subscribe(listener: () => void): () => void;
  close(): Promise<void>;
}
