import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { parse, TypeInfo, visit, visitWithTypeInfo, type GraphQLSchema } from 'graphql';
import type { FetchContext } from '../trust/signed-context.js';

/** One received query, for the provider's log: what was asked, by whom, never what was answered. */
export interface QueryLine {
  readonly subgraph: string;
  /** The hub's, the same in its own log and in the access record. */
  readonly requestId: string;
  /** The trace it belongs to, when the hub or its client follows one. @source W3C Trace Context */
  readonly traceparent?: string;
  readonly department: string;
  readonly system: string;
  readonly scenario?: string;
  /** SHA-256 of the query text, base64url. */
  readonly hash: string;
  /** Coordinates asked for, sorted, without introspection's. */
  readonly fields: readonly string[];
}

/** Texts of which it is remembered what they ask for. */
const MOST_QUERIES = 1_000;

/** Describes queries to a schema as they were received. Their texts come again and again. */
export function describeQueries(subgraph: string, schema: GraphQLSchema): DescribeQuery {
  const known = new LRUCache<string, Pick<QueryLine, 'hash' | 'fields'>>({ max: MOST_QUERIES });
  return (query, context, traceparent) => {
    let asked = known.get(query);
    if (!asked)
      known.set(query, (asked = { hash: hash('sha256', query, 'base64url'), fields: fieldsOf(query, schema) }));
    return buildQueryLine(subgraph, context, traceparent, asked);
  };
}

type DescribeQuery = (query: string, context: FetchContext, traceparent: string | undefined) => QueryLine;

function buildQueryLine(
  subgraph: string,
  context: FetchContext,
  traceparent: string | undefined,
  asked: Pick<QueryLine, 'hash' | 'fields'>,
): QueryLine {
  return {
    subgraph,
    requestId: context.requestId,
    ...(traceparent !== undefined && { traceparent }),
    department: context.department,
    system: context.system,
    ...(context.scenario !== undefined && { scenario: context.scenario }),
    ...asked,
  };
}

function fieldsOf(query: string, schema: GraphQLSchema): string[] {
  const fields = new Set<string>();
  const types = new TypeInfo(schema);
  try {
    visit(
      parse(query, { noLocation: true }),
      visitWithTypeInfo(types, {
        Field: (node) => void fields.add(`${types.getParentType()?.name ?? '?'}.${node.name.value}`),
      }),
    );
  } catch {
    return []; // not parseable: the answer says so
  }
  return [...fields].filter((field) => !field.includes('.__')).sort();
}
