import { say } from '../messages/index.js';
import { isHubSubgraph, joinTexts, type Text } from '../../../../shared/kernel/index.js';

const SUBGRAPH = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
/** The hub's own subgraph: without its permit nobody could give one back. */
const OWN_SUBGRAPH = 'governance';

/** Reason for which a permit is not given or withdrawn, as data. */
interface PermitProblem {
  readonly code: 'SUBGRAPH_UNKNOWN' | 'REASON_MISSING' | 'NOT_CHANGEABLE';
  readonly message: Text;
}

/** Checks a permit that is to be given. One subgraph speaks for several departments only by a decision that says why.
 *  @param others  departments that the subgraph publishes for already
 *  @source share-rules section 1, rule 9 */
export function checkPermit(
  { subgraph, reason }: { readonly subgraph: string; readonly reason?: string | null | undefined },
  others: readonly string[],
): PermitProblem | undefined {
  if (isHubSubgraph(subgraph)) return { code: 'SUBGRAPH_UNKNOWN', message: say('system.hubs') };
  if (!SUBGRAPH.test(subgraph))
    return {
      code: 'SUBGRAPH_UNKNOWN',
      message: say('permit.subgraph', { subgraph: subgraph.slice(0, 64) }),
    };
  if (others.length > 0 && !reason?.trim())
    return {
      code: 'REASON_MISSING',
      message: say('permit.others', { subgraph, departments: joinTexts(others, ',') }),
    };
  return undefined;
}

/** Checks that a permit can be withdrawn. */
export function checkWithdrawal(
  { subgraph }: { readonly subgraph: string },
  reason: string | null | undefined,
): PermitProblem | undefined {
  if (!reason?.trim()) return { code: 'REASON_MISSING', message: say('permit.reason') };
  return subgraph === OWN_SUBGRAPH
    ? { code: 'NOT_CHANGEABLE', message: say('permit.own', { subgraph: OWN_SUBGRAPH }) }
    : undefined;
}
