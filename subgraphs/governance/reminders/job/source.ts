import type { Query } from '../../../../shared/evidence/store/index.js';
import type { Profile } from '../../../../shared/law/index.js';
import type { Clock, Stage } from './stage.rule.js';
import type { Watched } from './watched.rule.js';

/** What a source reads with. */
export interface SourceContext extends Clock {
  readonly query: Query;
  /** The law in force; what is running brings its own. */
  readonly profile: Profile;
  /** Only these subjects, where given. */
  readonly only?: readonly string[];
}

/** One kind of thing whose time is watched. */
export interface Source {
  /** Reads from the tables what is running that somebody may have to be told of by now. It remembers nothing: what is due
   *  is known from the state alone. */
  readonly read: (context: SourceContext) => Promise<readonly Watched[]>;
  /** Notes on the thing itself that a stage of it was told, in the same transaction. */
  readonly told?: (query: Query, watched: Watched, stage: Stage, now: number) => Promise<void>;
}
