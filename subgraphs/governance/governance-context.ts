import type { SubjectHash } from '../../shared/evidence/subject-keys.js';
import type { StartOptions, SubgraphContext } from '../../shared/subgraph/index.js';
import { ActLog } from './act/act-log.js';

/** What the resolvers of governance get beside the kit's. */
export interface GovernanceOwn {
  readonly acts: ActLog;
  /** Time zone in which days begin, IANA name. */
  readonly timeZone: string;
  /** Every hash under which a record may name a subject; absent where no keys were given. */
  readonly hashesOf?: ((subject: string) => readonly SubjectHash[]) | undefined;
}
export interface GovernanceContext extends SubgraphContext {
  readonly own: GovernanceOwn;
}

export function governanceOwn({ timeZone = 'Asia/Shanghai', hashesOf }: StartOptions): GovernanceOwn {
  return { acts: new ActLog(timeZone), timeZone, hashesOf };
}
