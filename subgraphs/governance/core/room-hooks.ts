import type { Database } from './open-tables.js';
import type { FreshnessState } from './freshness-state.js';
import type { ReformHooks } from './hand-over.js';
import type { CallerNow } from './audit-log/audit-log.js';
import type { HoldsPost } from './holds-post.js';

/** A person in a department. */
export interface NamedPerson {
  readonly person: string;
  readonly department: string;
}

/** The scenario of which uses are looked for. */
export interface ScenarioUse {
  readonly department: string;
  /** One scenario; all of the department where absent. */
  readonly scenario?: string;
}

/** What a room asks of rooms that stand after it; the subgraph puts them together. */
export interface RoomHooks {
  readonly reform: ReformHooks;
  readonly findCallerNow: CallerNow;
  readonly holdsPost: HoldsPost;
  /** Departments that have a live grant of one of the items.
   *  @param now  ms since the epoch */
  readonly findGrantHolders: (database: Database, coordinates: readonly string[], now: number) => Promise<string[]>;
  /** Grants that have not ended and applications that are open, as `grant/G-000001` and `application/A-000001`.
   *  @param now  ms since the epoch */
  readonly findScenarioUses: (database: Database, use: ScenarioUse, now: number) => Promise<readonly string[]>;
  /** Reads the schema of a subgraph that a department has published; undefined where none is in force. */
  readonly readPublishedSdl: (database: Database, subgraph: string) => Promise<string | undefined>;
  /** Codes of the published resources that are in a state of freshness.
   *  @param now  ms since the epoch */
  readonly findCodesByFreshness: (database: Database, state: FreshnessState, now: number) => Promise<string[]>;
  /** Takes from a person every right that was given to them by name in a department, for good.
   *  @returns what they lost, such as `grant/G-000001` */
  readonly endNamedRights: (database: Database, named: NamedPerson) => Promise<readonly string[]>;
}
