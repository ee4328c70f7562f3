import { GraphQLError, Kind, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql';
import { readQuery, type BuiltQuery } from './built-query.js';

/** A query's text, looked at before it is sent. */
export interface CheckedText {
  /** As the builder shows it; absent for what only its writer understands. */
  readonly built?: BuiltQuery;
  /** Names of its variables. */
  readonly variables: readonly string[];
  /** Why it cannot be run here. */
  readonly problem?: 'empty' | 'notAQuery' | 'syntax';
  /** Of a syntax error, as the parser says it. */
  readonly detail?: string;
}

/** Reads a text: one or several queries, and nothing else. */
export function checkText(text: string): CheckedText {
  if (text.trim() === '') return { variables: [], problem: 'empty' };
  try {
    const { definitions } = parse(text, { noLocation: true });
    const operations = definitions.filter(
      (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
    );
    const onlyQueries = operations.every(({ operation }) => operation === OperationTypeNode.QUERY);
    const variables = (operations[0]?.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    if (operations.length === 0 || !onlyQueries) return { variables, problem: 'notAQuery' };
    return { built: readQuery(text), variables };
  } catch (error) {
    return { variables: [], problem: 'syntax', detail: error instanceof GraphQLError ? error.message : String(error) };
  }
}
