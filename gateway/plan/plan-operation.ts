import { Kind, OperationTypeNode, parse } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { dropRefetched } from './drop-refetched.js';
import { GroupBuilder } from './build-groups.js';
import type { FederatedSchema } from './federated-schema.js';
import { InputKeys } from './input-keys.js';
import type { FindStopped } from './stop-keys.js';
import type { QueryPlan } from './query-plan.js';
import { Search } from './search.js';
import { shareAlike, toPlannerSelections, toSelections, type Selections } from './selection.js';
import { findFewest, type Attempt } from './find-fewest.js';
import { writePlan } from './write-plan.js';
import { say } from '../request/messages/index.js';

const ROOTS = { query: 'Query', mutation: 'Mutation' } as const;

/** Plans a pruned document (see `prune`): the fetches that answer it, and which wait for which.
 *  @param findStopped   tells which keys must not be sent to a subgraph; everything may be when absent
 *  @param activeLabels  labels of `@override` under which fields have moved; none when absent
 *  @throws HubError FIELD_UNREACHABLE naming the field; PLAN_TOO_COSTLY when the search goes beyond its bounds */
export function planOperation(
  schema: FederatedSchema,
  text: string,
  findStopped?: FindStopped,
  activeLabels?: ReadonlySet<string>,
): QueryPlan {
  const [operation] = parse(text, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation === OperationTypeNode.SUBSCRIPTION)
    throw new HubError('INTERNAL', say('operation.notPlannable'));
  const kind = operation.operation;
  const selections = shareAlike(toPlannerSelections(operation.selectionSet));
  const inputKeys = new InputKeys(schema, ROOTS[kind], selections);
  const attempt = (avoided: ReadonlySet<string>): Attempt => {
    const search = new Search(schema, { findStopped, activeLabels, avoided, inputKeys });
    const builder = new GroupBuilder();
    if (kind === OperationTypeNode.QUERY) builder.addRoot(search.planRoot(ROOTS.query, selections), ROOTS.query);
    else for (const run of planMutation(search, selections)) builder.addSerialRoot(run, ROOTS.mutation);
    dropRefetched(schema, builder.groups, new Set(builder.refusals.map(({ group }) => group)));
    const node = writePlan(schema, builder, kind, operation.variableDefinitions ?? []);
    return { node, preferred: search.preferred, looked: search.looked };
  };
  const { node } = findFewest(attempt);
  return { kind: 'QueryPlan', ...(node && { node }) };
}

/** Root fields of a mutation one after the other; neighbours of one subgraph go there together, which runs them in order. */
function planMutation(search: Search, selections: Selections) {
  const { items } = search.collect([selections], ROOTS.mutation);
  const plans = [...items.values()].map((item) => search.planRoot(ROOTS.mutation, toSelections([item])));
  // A field that is taken apart would be carried out twice.
  if (plans.some(({ uses }) => uses.length > 1)) throw new HubError('INTERNAL', say('operation.notPlannable'));
  return plans;
}
