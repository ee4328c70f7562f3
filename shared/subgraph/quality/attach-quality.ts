import { parse, type GraphQLSchema } from 'graphql';
import { HubError } from '../../kernel/index.js';
import { QUALITY_SYSTEM } from '../../kernel/hub-systems.js';
import { QUALITY_FIELD, qualityRequest } from '../../share/quality/quality-request.js';
import type { SubgraphContext } from '../context.js';
import type { TypePlan } from '../type-plan.js';
import { judgeRows } from './judge-rows.store.js';
import { readDigests } from './read-digests.store.js';

export const QUALITY_DEFINITION = parse(`extend type Query { ${QUALITY_FIELD}(request: String!): String }`, {
  noLocation: true,
});

/** Makes the field answer by which the hub has records judged. It answers the hub as itself: a context that speaks for any
 *  department's system is refused, so that no caller has a number from it.
 *  @returns names of the fields */
export function attachQuality(
  schema: GraphQLSchema,
  plans: ReadonlyMap<string, TypePlan>,
  now: () => number,
): readonly string[] {
  const field = schema.getQueryType()!.getFields()[QUALITY_FIELD]!;
  field.resolve = async (_root, { request: text }: { readonly request: string }, { fetch }: SubgraphContext) => {
    if (fetch.system !== QUALITY_SYSTEM || fetch.person !== undefined)
      throw new HubError('OPERATION_DENIED', 'Only the hub itself has records judged.');
    const { data: request } = qualityRequest.safeParse(parseJson(text));
    const plan = request && plans.get(request.type);
    if (!plan)
      throw new HubError('BAD_USER_INPUT', 'The request cannot be read, or the type is none of this subgraph.');
    const answer = request.ask === 'COUNTS' ? await judgeRows(plan, request, now()) : await readDigests(plan, request);
    return JSON.stringify(answer);
  };
  return [QUALITY_FIELD];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
