import type { Answer } from '../request/answer.js';
import type { PreparedOperation } from '../request/operation.js';
import type { RequestContext } from '../request/request-context.js';
import type { Closable } from '../supergraph/graph-holder.js';

/** The part of an engine that the HTTP layer uses: checked operations, cached by text. */
export interface OperationPreparer extends Closable {
  /** @throws HubError of the operation's codes; details.errors has GraphQL errors where there are several */
  prepare(text: string, operationName: string | undefined): PreparedOperation | Promise<PreparedOperation>;
}

/** Decides, prunes and executes a checked operation.
 *  @param signal  aborted when the client goes or the deadline passes; the answer then holds what was fetched so far
 *  @throws HubError when the operation is refused as a whole */
export type OperationHandler<E> = (
  context: RequestContext<E>,
  operation: PreparedOperation,
  variables: Readonly<Record<string, unknown>> | undefined,
  signal: AbortSignal,
) => Promise<Answer>;
