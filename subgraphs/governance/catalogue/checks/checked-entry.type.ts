import type { Format, Method, Openness, ResourceKind } from './vocabulary.rule.js';

/** Attributes of an entry that the checks read. */
export interface CheckedEntry {
  readonly code: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly abstract?: string | null;
  readonly provider: string;
  readonly creditCode?: string | null;
  readonly category?: string | null;
  readonly library?: string | null;
  readonly format?: Format | null;
  readonly method?: Method | null;
  readonly shareScope?: string | null;
  readonly openness?: Openness | null;
  readonly opennessBasis?: readonly string[] | null;
  readonly updateCycle?: string | null;
  readonly timeliness?: string | null;
  readonly collectionScope?: string | null;
  readonly securityGrade?: string | null;
  readonly duty?: string | null;
  readonly supplement: boolean;
  /** A subgraph serves it. */
  readonly served: boolean;
  readonly items: readonly CheckedItem[];
}

export interface CheckedItem {
  readonly name: string;
  readonly coordinate?: string | null;
  readonly shareType?: string | null;
  readonly basis: readonly string[];
  readonly condition?: string | null;
  readonly reason?: string | null;
  readonly basic: boolean;
  readonly dataType?: string | null;
}

/** Another entry of the catalogue, to compare with. */
export interface Neighbour {
  readonly code: string;
  readonly name: string;
  readonly provider: string;
  readonly level?: string | null;
  readonly items: readonly string[];
}

/** The rest of the catalogue and of the register, as far as the checks compare an entry with it. */
export interface Surroundings {
  readonly neighbours: readonly Neighbour[];
  /** Names of registered systems. */
  readonly systems: readonly string[];
}
