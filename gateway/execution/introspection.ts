import {
  __InputValue,
  execute,
  Kind,
  print,
  type DocumentNode,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { isExactLiteral } from '../operation/exact-input.js';
import type { PreparedOperation } from '../request/operation.js';
import type { FieldSelection } from '../request/selection.js';

/** Answers introspection from the consumers' schema, without any subgraph.
 *  @returns a function from the client's variables to JSON text by response key */
export function compileIntrospection(
  operation: PreparedOperation,
  fields: readonly FieldSelection[],
): (variables: Readonly<Record<string, unknown>> | undefined) => ReadonlyMap<string, string> {
  if (fields.length === 0) return () => NO_FIELDS;
  // Conditions of the fields themselves, and of fragments round them, have been decided.
  const selections = fields.map(({ node }) => ({ ...node, directives: [] }));
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation.definition, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ...operation.fragments.values(),
    ],
  };
  const constant = operation.definition.variableDefinitions?.length
    ? undefined
    : executeIntrospection(operation.schema, document, undefined);
  return (variables) => constant ?? executeIntrospection(operation.schema, document, variables);
}

/** graphql-js shows a default by the JavaScript number that it became; one that lost digits is shown as it was written. */
const shownDefault = __InputValue.getFields()['defaultValue']!;
const showDefault = shownDefault.resolve!;
shownDefault.resolve = (input: GraphQLInputField, ...rest) => {
  const written = input.astNode?.defaultValue;
  return written && isExactLiteral(written) ? print(written) : showDefault(input, ...rest);
};

const NO_FIELDS: ReadonlyMap<string, string> = new Map();

function executeIntrospection(
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>> | undefined,
): ReadonlyMap<string, string> {
  const result = execute({ schema, document, variableValues });
  if (result instanceof Promise) throw new Error('introspection did not answer at once');
  return new Map(Object.entries(result.data ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));
}
