import type { Coordinate } from '../../kernel/index.js';
import type { Successions } from '../succession/succession.js';

/** The way in which an item reaches a subgraph, or a subgraph speaks in its owner's place. */
export const RELEASE_USES = [
  'KEY',
  'REQUIRES',
  'ARGUMENT',
  'OVERRIDE',
  'SHAREABLE',
  'PROVIDES',
  'ROOT_FIELD',
  'TYPE',
] as const;
export type ReleaseUse = (typeof RELEASE_USES)[number];

/** Departments whose items a subgraph may publish, by its name. They operate it too: what is sent to it, they receive.
 *  @source share-rules section 1, rule 9 */
export type Publishers = ReadonlyMap<string, readonly string[]>;

/** The scope of a consent. This much says which consent a graph needs; it is the input of the act that gives it. */
export interface ConsentScope {
  /** `Type.field`; the type alone for `use: TYPE`. */
  readonly item: string;
  /** Department that owns the item and decides. */
  readonly owner: string;
  /** Department that receives it, or that speaks in the owner's place. */
  readonly receiver: string;
  /** Subgraph through which it does. Another subgraph of the same department needs a consent of its own. */
  readonly receiverSubgraph: string;
  readonly use: ReleaseUse;
  /** The coordinate it is for: the derived field of REQUIRES, the type of KEY, the field of PROVIDES; else the item. */
  readonly coordinate: string;
}

/** A decision of an item's owner, kept in governance. @source share-rules section 1, rule 10 */
export interface Consent extends ConsentScope {
  readonly id: string;
  /** Identity of the item that was consented to; the item that later stands in its place is another. */
  readonly identity?: string;
  readonly purpose: string;
  /** End, exclusive, milliseconds. */
  readonly until: number;
  /** Person who proposed it. */
  readonly proposedBy?: string;
  /** Persons of the owner who decided. */
  readonly decidedBy?: readonly string[];
  readonly revokedAt?: number;
}

/** Permits of publishers and consents of owners. */
export interface ReleasePolicy {
  readonly publishers: Publishers;
  readonly consents: readonly Consent[];
  /** What went from one department to another since schemas named their providers; nothing where absent. */
  readonly successions?: Successions;
}

/** One item that a graph sends to a subgraph, or that the subgraph serves in its owner's place. */
export interface Release {
  readonly item: string;
  readonly use: ReleaseUse;
  /** Department that owns the item; '' where no subgraph answers for it, so that nobody can consent. */
  readonly owner: string;
  readonly receiverSubgraph: string;
  readonly receiverDepartments: readonly string[];
  readonly forCoordinate: string;
  /** Identity of the item, where it is in the catalogue. */
  readonly identity?: string;
  /** Allowed to any registered subgraph: an identifier of the subject, an unconditional basic item in a key, an
   *  unconditional input. */
  readonly isFree: boolean;
  /** Neither free nor the owner's own subgraph. */
  readonly needsConsent: boolean;
  /** Items that are refused while it must not be made; of a key, while each of `keys` has such a part. */
  readonly restingItems: readonly Coordinate[];
  /** Of a key: the parts of every key by which the subgraph resolves the type, and an empty list where its own fields lead
   *  to the type. */
  readonly keys?: readonly (readonly string[])[];
}

export const isLive = ({ until, revokedAt }: Consent, now: number): boolean => revokedAt === undefined && now < until;

/** @returns whether this consent, live or not, is one to this release */
export const covers = (consent: Consent, release: Release): boolean =>
  consent.item === release.item &&
  consent.owner === release.owner &&
  consent.receiverSubgraph === release.receiverSubgraph &&
  release.receiverDepartments.includes(consent.receiver) &&
  consent.use === release.use &&
  consent.coordinate === release.forCoordinate &&
  (consent.identity === undefined || consent.identity === release.identity);
