import type { GraphQLError } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { CompositionProblem } from './repairs/repair.js';

/** Changes that solve a problem, by the composer's code, where its own message does not say. */
const ADVICE: Readonly<Record<string, string>> = {
  INVALID_FIELD_SHARING: 'Mark the field @shareable in each of these subgraphs, or leave it to one of them.',
  EXTERNAL_MISSING_ON_BASE: 'Give the field in the subgraph that owns it, or leave @external out.',
  EXTERNAL_TYPE_MISMATCH: 'Write the type that the owning subgraph gives the field.',
  EXTERNAL_ARGUMENT_MISSING: 'Repeat the arguments that the owning subgraph gives the field.',
  EXTERNAL_UNUSED: 'Name the field in a @key, @requires or @provides of this subgraph, or leave it out.',
  FIELD_TYPE_MISMATCH: 'Agree on one type, or on types of which one holds the others.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Agree on one type of the argument.',
  TYPE_KIND_MISMATCH: 'Agree on one kind, or rename the type in one of these subgraphs.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: 'Make the argument optional, or add it in every subgraph with the field.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH:
    'Make the input field optional, or add it in every subgraph with the type.',
  ENUM_VALUE_MISMATCH: 'Add the value in every subgraph, or use the enum only for input or only for output.',
  INTERFACE_FIELD_NO_IMPLEM: 'Add the field to the type in some subgraph, or leave it out of the interface.',
  KEY_INVALID_FIELDS: 'Name fields of the type itself, without arguments.',
  REQUIRES_INVALID_FIELDS: 'Declare the fields in this subgraph, marked @external.',
  PROVIDES_INVALID_FIELDS: "Name fields of the field's own type, declared in this subgraph and marked @external.",
  NO_QUERIES: 'Give at least one subgraph a Query type with a field.',
  EXTENSION_WITH_NO_BASE: 'Write the type without "extend" in the subgraph that owns it.',
  OVERRIDE_SOURCE_HAS_OVERRIDE: 'Keep @override in one subgraph only.',
  OVERRIDE_FROM_SELF_ERROR: 'Name the subgraph that had the field before.',
  INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: 'Give every type that implements the interface this key too.',
  INVALID_GRAPHQL: 'Mend the SDL; graphql-js says the same of it.',
};

/** The composer's error with the place it is about, and what to change. */
export function toProblem(error: GraphQLError): CompositionProblem {
  const { code = 'COMPOSITION_ERROR', subgraphName } = error.extensions as { code?: string; subgraphName?: string };
  const coordinate = /"([A-Za-z_]\w*(?:\.\w+)?(?:\(\w+:\))?)"/.exec(error.message)?.[1];
  const advice = ADVICE[code];
  return {
    code,
    message: advice === undefined ? error.message : `${error.message.replace(/\.?\s*$/, '.')} ${advice}`,
    ...(subgraphName && { subgraph: subgraphName }),
    ...(coordinate !== undefined && coordinate !== subgraphName && { coordinate }),
  };
}

/** The refusal of subgraphs that make no graph, with every problem in `details.errors`. */
export function toCompositionError(errors: readonly CompositionProblem[], cause?: unknown): HubError {
  const count = errors.length === 1 ? 'one problem' : `${errors.length} problems`;
  const list = errors.slice(0, 3).map((error) => `${error.code}: ${error.message}`);
  return new HubError(
    'COMPOSITION_FAILED',
    `The subgraphs do not compose, ${count}. ${list.join(' | ')}${errors.length > 3 ? ' | …' : ''}`,
    { errors },
    { cause },
  );
}
