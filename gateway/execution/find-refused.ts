import type { Text } from '../../shared/kernel/index.js';
import type { QueryPlan, RefuseNode } from '../plan/query-plan.js';
import type { PreparedOperation } from '../request/operation.js';
import { isActive, type FieldSelection, type Selection } from '../request/selection.js';
import { toNotConsented } from './fetch-step.js';

/** A site that is allowed, and that the plan refuses because a release must not be made for it. */
export interface RefusedSite {
  readonly code: string;
  readonly text: Text;
}

/** Finds the sites that a plan refuses.
 *  @param bits  conditions of the operation that hold
 *  @returns     refusals by site index */
export function findRefused(
  plan: QueryPlan | undefined,
  operation: PreparedOperation,
  bits: number,
): ReadonlyMap<number, RefusedSite> {
  const refused = new Map<number, RefusedSite>();
  const nodes = plan?.node?.kind === 'Steps' ? plan.node.steps.map(({ node }) => node) : [plan?.node];
  for (const node of nodes) {
    if (node?.kind !== 'Refuse') continue;
    const { code, message: text } = toNotConsented(node.release);
    for (const { site } of fieldsAt(operation.selections, keysOf(node), bits)) refused.set(site, { code, text });
  }
  return refused;
}

const keysOf = ({ path, keys }: RefuseNode): string[] => [
  ...path.flatMap((each) => (typeof each === 'object' && 'Field' in each ? [each.Field] : [])),
  ...keys,
];

/** Fields that keys of fetched data lead to, with everything below them. */
function* fieldsAt(
  selections: readonly Selection[],
  [key, ...further]: readonly string[],
  bits: number,
): Generator<FieldSelection> {
  for (const each of selections) {
    if (!isActive(each, bits)) continue;
    if (each.kind === 'fragment') yield* fieldsAt(each.selections, key === undefined ? [] : [key, ...further], bits);
    else if (key === undefined || each.inner === key) {
      if (key === undefined || further.length === 0) yield each;
      yield* fieldsAt(each.selections ?? [], further, bits);
    }
  }
}
