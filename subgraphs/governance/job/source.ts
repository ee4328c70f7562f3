import type { Query } from '../../../shared/evidence/store/store-connection.js';
import type { Profile } from '../../../shared/law/index.js';
import type { Clock } from './stage.rule.js';
import type { Watched } from './watched.rule.js';

/** What a source reads with. */
export interface SourceContext extends Clock {
  readonly query: Query;
  /** The law in force; what is running brings its own. */
  readonly profile: Profile;
  /** Only these subjects, where given. */
  readonly only?: readonly string[];
}

/** Reads from the tables what one kind of thing is running that somebody may have to be told of by now. It remembers
 *  nothing: what is due is known from the state alone. */
export type Source = (context: SourceContext) => Promise<readonly Watched[]>;
