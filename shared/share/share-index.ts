import type { Coordinate, Mask, ShareType, UseMode } from '../kernel/index.js';
import type { ConsentScope, Release } from './releases/release.js';

/** Catalogue entry a type stands for. */
export interface Resource {
  readonly type: string;
  readonly code: string;
  readonly name: string;
  /** Department code of the provider. */
  readonly provider: string;
  /** The provider that its schema states, where the register has come to another one since. */
  readonly stated?: string;
  readonly subgraph: string;
  readonly library?: string;
  readonly updateCycle?: string;
  readonly category?: string;
}

/** One output field of the composed graph and everything its release depends on. */
export interface ShareItem {
  readonly coordinate: Coordinate;
  /** Position of the item in every decision bit set of this version. */
  readonly index: number;
  /** Subgraph whose statement counts (the strictest, where several made one). */
  readonly subgraph: string;
  /** Subgraph that gives it first-hand, and that needs the provider's permit; another one where that only restricts it. */
  readonly source: string;
  /** Department code of the provider; '' where no department states the item as its own. */
  readonly provider: string;
  /** Department whose own resource it is: the provider, where no other department resolves the item as well. */
  readonly owner?: string;
  readonly resource?: Resource;
  /** Identity beyond its coordinate; a grant is bound to it. */
  readonly identity?: string;
  /** Item name in the catalogue: the first line of the field's description, else the field's name. */
  readonly title: string;
  /** Share type in force, as the catalogue shows it: the strictest of its own and of everything it needs. */
  readonly shareType: ShareType;
  /** Share type of the item alone, which the decision tests beside those of `needs`. */
  readonly ownType: ShareType;
  readonly basis: readonly string[];
  readonly condition?: string;
  readonly basic: boolean;
  /** Items that must be allowed as well: implementations of an interface field, required inputs without consent. Transitive, without itself. */
  readonly needs: readonly Coordinate[];
  /** Of `needs`, what it is computed from (`@requires` without consent): given in part, it is given in part. */
  readonly computedFrom?: readonly Coordinate[];
  /** Items it is computed from with their owner's consent: fetched for it, and never given out through it. */
  readonly consentedFrom?: readonly Coordinate[];
  readonly mask?: Mask;
  /** Criterion by which the rows of this item can be narrowed; absent where its subgraph has no such item on the type. */
  readonly scopeBy?: string;
  /** Paths from a row to it, one for each way in which the item's subgraphs name it. */
  readonly scopePaths?: readonly string[];
  readonly subject?: 'PERSON' | 'ORGANISATION';
  /** It names a record: part of a key, or the identifier of its subject. */
  readonly identifies?: boolean;
  /** It may be compared with a claim. */
  readonly verifiable: boolean;
  /** Statistics may be grouped or restricted by it. */
  readonly dimension: boolean;
  /** It may be summed in statistics. */
  readonly measure: boolean;
  /** Argument name → uses that giving it makes of items. */
  readonly argumentUses: Readonly<Record<string, readonly InputUse[]>>;
  /** Some caller may be refused it, for itself, for what its arguments use, or for a consent that ended; so it is nullable for
   *  consumers. */
  readonly refusable?: boolean;
  /** It stands in the catalogue for itself, so its entry must be published; the field of an interface does not, since what
   *  it shows stands there. */
  readonly entry?: boolean;
}

/** The use that an argument, an input field or an enum value makes of an item where it is given. */
export interface InputUse {
  readonly item: Coordinate;
  /** The directive that says so; `share` where the input is an item itself, with a share type of its own. */
  readonly by: 'filters' | 'compares' | 'groups' | 'sums' | 'share';
}

/** The mode in which a use is decided: to filter by an item is as good as reading it. */
export const modeOfUse = ({ by }: InputUse): UseMode => MODES[by];
const MODES = {
  filters: 'QUERY',
  share: 'QUERY',
  compares: 'VERIFY',
  groups: 'STATISTICS',
  sums: 'STATISTICS',
} as const satisfies Record<InputUse['by'], UseMode>;

/** Input fields that use items or have a share type of their own, `InputType.field`, and enum values that are restricted
 *  or use items, `Enum.VALUE` → uses that giving them makes. */
export type InputRules = ReadonlyMap<Coordinate, readonly InputUse[]>;

/** The share statements of all subgraphs of one graph version. Immutable; goes with the supergraph as one version. */
export interface ShareIndex {
  /** Hash of the statements it was read from. */
  readonly version: string;
  /** Items in index order. */
  readonly items: readonly ShareItem[];
  readonly byCoordinate: ReadonlyMap<string, ShareItem>;
  readonly resources: readonly Resource[];
  readonly inputs: InputRules;
  /** The items that the graph sends to each subgraph, and those that the subgraph serves for others; absent where publishers are not
   *  registered (permissive mode). */
  readonly releases?: ReadonlyMap<string, readonly Release[]>;
  /** Departments that each subgraph names as providers in so many words; absent as `releases` is. */
  readonly namedProviders?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Why a graph must not be published, or a note for its provider. */
export interface ShareProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly subgraph: string;
  /** A permit or a consent would mend it. */
  readonly policy?: true;
  readonly coordinate?: string;
  /** Item that must not be released, and the department that owns it. */
  readonly item?: string;
  readonly owner?: string;
  /** Consent that would allow it: the input of the act that gives it. */
  readonly missing?: ConsentScope;
}
