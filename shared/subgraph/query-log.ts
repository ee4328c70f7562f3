import { hash } from 'node:crypto';
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

/** Describes a query as it was received. */
export function buildQueryLine(
  { subgraph, traceparent }: { readonly subgraph: string; readonly traceparent: string | undefined },
  context: FetchContext,
  query: string,
  schema: GraphQLSchema,
): QueryLine {
  return {
    subgraph,
    requestId: context.requestId,
    ...(traceparent !== undefined && { traceparent }),
    department: context.department,
    system: context.system,
    ...(context.scenario !== undefined && { scenario: context.scenario }),
    hash: hash('sha256', query, 'base64url'),
    fields: fieldsOf(query, schema),
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
