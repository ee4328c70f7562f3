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
  KEY_FIELDS_HAS_ARGS: 'Name fields without arguments in a key.',
  KEY_FIELDS_SELECT_INVALID_TYPE: 'Name fields that are neither a list, an interface nor a union.',
  PROVIDES_FIELDS_MISSING_EXTERNAL: 'Leave the field out of @provides, or mark it @external here.',
  REQUIRES_FIELDS_MISSING_EXTERNAL: 'Leave the field out of @requires, or mark it @external here.',
  REQUIRES_UNSUPPORTED_ON_INTERFACE: 'State @requires on the types that implement the interface.',
  PROVIDES_UNSUPPORTED_ON_INTERFACE: 'State @provides on the types that implement the interface.',
  PROVIDES_ON_NON_OBJECT_FIELD: 'State @provides on a field whose type has fields.',
  OVERRIDE_ON_INTERFACE: 'State @override on the types that implement the interface.',
  OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE: 'Keep one of the two directives.',
  REFERENCED_INACCESSIBLE: 'Mark what mentions it @inaccessible too, or leave the mark out.',
  REQUIRED_INACCESSIBLE: 'Make it optional, or leave @inaccessible out.',
  ONLY_INACCESSIBLE_CHILDREN: 'Leave one of its parts accessible, or mark the whole @inaccessible.',
  IMPLEMENTED_BY_INACCESSIBLE: 'Mark the field of the interface @inaccessible too, or leave the mark out.',
  INTERFACE_OBJECT_USAGE_ERROR: 'Use @interfaceObject where another subgraph has the interface with the same key.',
  INTERFACE_KEY_NOT_ON_IMPLEMENTATION: 'Give every type that implements the interface this key too.',
  EMPTY_MERGED_ENUM_TYPE: 'Have at least one value that every subgraph knows.',
  EMPTY_MERGED_INPUT_TYPE: 'Have at least one field that every subgraph knows.',
  INPUT_FIELD_DEFAULT_MISMATCH: 'Agree on one default.',
  FIELD_ARGUMENT_DEFAULT_MISMATCH: 'Agree on one default.',
  LINK_IMPORT_NAME_MISMATCH: 'Import it under one name in every subgraph.',
  INVALID_SUBGRAPH_NAME: 'Name the subgraph with letters, digits, _ and -.',
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
