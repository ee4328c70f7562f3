import { Kind, OperationTypeNode, parse, type DefinitionNode } from 'graphql';

/** Tokens of a text, at most. */
const MOST_TOKENS = 5_000;

/** True for GraphQL of queries alone. */
export function isQueryText(text: string): boolean {
  try {
    const { definitions } = parse(text, { noLocation: true, maxTokens: MOST_TOKENS });
    return (
      definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) &&
      definitions.every((each) => each.kind === Kind.FRAGMENT_DEFINITION || isQuery(each))
    );
  } catch {
    return false;
  }
}

const isQuery = (definition: DefinitionNode): boolean =>
  definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.QUERY;
