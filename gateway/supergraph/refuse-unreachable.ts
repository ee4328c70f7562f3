import { findUnreachable } from '../plan/find-unreachable.js';
import { toCompositionError } from './composition-error.js';

/** Refuses a supergraph with a field that consumers see and that no plan answers from some entry, so that nobody meets it at
 *  run time.
 *  @throws HubError COMPOSITION_FAILED with a SATISFIABILITY_ERROR for each field; PLAN_TOO_COSTLY when it is too large */
export function refuseUnreachable(supergraphSdl: string): void {
  const unreachable = findUnreachable(supergraphSdl);
  if (unreachable.length === 0) return;
  throw toCompositionError(
    unreachable.map(({ coordinate, entry, reasons }) => ({
      code: 'SATISFIABILITY_ERROR',
      coordinate,
      message: `${coordinate} cannot be answered for the objects of ${entry.join(' > ') || 'the root'}: ${reasons.join('; ')}.`,
    })),
  );
}
