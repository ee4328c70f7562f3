import {
  isInterfaceType,
  isObjectType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { SubgraphContext } from './context.js';
import { fieldSets } from './key-plan.js';
import type { SubgraphProblem } from './problems.js';
import type { Reference } from './stated-resolvers.js';
import type { TypePlan } from './type-plan.js';

/** Makes every entity resolve its references through the request's reader. A reference to an interface is looked for in
 *  all its implementations. */
export function attachReferences(schema: GraphQLSchema, plans: ReadonlyMap<string, TypePlan>): void {
  for (const plan of plans.values()) {
    const type = schema.getType(plan.name);
    if (isObjectType(type) && plan.keys.length > 0)
      attach(type, (reference, context, info) => context.rows.reference(plan, reference, context, info));
  }
  for (const [type, implementations] of keyedInterfaces(schema, plans))
    attach(type, async (reference, context, info) => {
      const found = await Promise.all(
        implementations.map((plan) => context.rows.reference(plan, reference, context, info)),
      );
      const at = found.findIndex((record) => record !== null);
      return at < 0 ? null : Object.assign(found[at]!, { __typename: implementations[at]!.name });
    });
}

type Resolve = (reference: Reference, context: SubgraphContext, info: GraphQLResolveInfo) => Promise<object | null>;

function attach(type: GraphQLObjectType | GraphQLInterfaceType, resolveReference: Resolve): void {
  type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
}

function keyedInterfaces(
  schema: GraphQLSchema,
  plans: ReadonlyMap<string, TypePlan>,
): [GraphQLInterfaceType, TypePlan[]][] {
  return Object.values(schema.getTypeMap()).flatMap((type): [GraphQLInterfaceType, TypePlan[]][] =>
    isInterfaceType(type) && fieldSets(type).length > 0
      ? [[type, schema.getPossibleTypes(type).flatMap(({ name }) => plans.get(name) ?? [])]]
      : [],
  );
}

/** Finds implementations of an interface with a key of which nobody could say whether a record is one of theirs. */
export function findInterfaceProblems(schema: GraphQLSchema, plans: ReadonlyMap<string, TypePlan>): SubgraphProblem[] {
  return keyedInterfaces(schema, plans).flatMap(([{ name: interfaceName }, implementations]) =>
    implementations
      .filter(({ table, keys }) => !table && keys.some(({ find }) => !find))
      .map(({ name }) => ({
        code: 'INTERFACE_KEY_WITHOUT_ROWS',
        at: name,
        message: `${name} implements ${interfaceName}, which has a key, and has no table here: nobody could say which records of ${interfaceName} are a ${name}. Find them by a method with @ResolveReference.`,
      })),
  );
}
