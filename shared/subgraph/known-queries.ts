import { LRUCache } from 'lru-cache';
import { execute, Kind, OperationTypeNode, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { GraphQLBody } from './body.js';
import type { SubgraphContext } from './context.js';

/** Characters of all texts that are remembered. */
const MOST_CHARACTERS = 8_000_000;

/** An answer as GraphQL has it: the errors not yet worded for the caller. */
export interface QueryAnswer {
  readonly errors?: readonly GraphQLError[] | undefined;
  readonly data: unknown;
}

/** Queries that were found valid before, by their text. The hub sends the same ones again and again: they are executed at
 *  once, without being parsed, validated and led through a server's pipeline, which cost more than the execution. */
export class KnownQueries {
  private readonly documents = new LRUCache<string, DocumentNode>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_, query) => query.length + 1,
  });

  constructor(private readonly schema: GraphQLSchema) {}

  /** Remembers a document that is valid. Mutations, and texts with several operations, are not for here. */
  add(query: string, document: DocumentNode): void {
    const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    if (operations.length === 1 && operations[0]!.operation === OperationTypeNode.QUERY)
      this.documents.set(query, document);
  }

  /** Executes a query that is known.
   *  @returns undefined where it is not, or the request is not one of the hub's usual ones: nothing was executed */
  async execute(body: GraphQLBody, contextOf: () => SubgraphContext): Promise<QueryAnswer | undefined> {
    const { query, variables, operationName, extensions } = body as GraphQLBody & Readonly<Record<string, unknown>>;
    const document = this.documents.get(query);
    if (!document || operationName != null || !isUsual(extensions)) return undefined;
    if (variables != null && !isObject(variables)) return undefined;
    const contextValue = contextOf();
    const { errors, data } = await execute({ schema: this.schema, document, contextValue, variableValues: variables });
    // Variables that do not fit: no resolver ran, and the server says so in its own words.
    return data === undefined ? undefined : { errors, data };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The hub sends protected subjects as an extension, and no other. */
const isUsual = (extensions: unknown): boolean =>
  extensions == null || (isObject(extensions) && Object.keys(extensions).every((name) => name === 'protections'));
