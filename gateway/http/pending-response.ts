import type { HubError } from '../../shared/kernel/index.js';
import type { Answer } from '../request/answer.js';
import type { PreparedOperation } from '../request/operation.js';
import type { RequestContext } from '../request/request-context.js';
import type { OperationParameters, RequestOutcome } from '../request/request-outcome.js';
import type { TraceAttributes } from '../tracing/trace.js';
import { refusalStatus } from './error-response.js';
import type { IncomingRequest } from './incoming-request.js';
import type { ResponseType } from './media-types.js';
import type { ExtraHeaders } from './reply.js';

/** The response to one well-formed request while it is being made. */
export class PendingResponse<E> {
  operation: PreparedOperation | undefined;
  answer: Answer | undefined;
  error: HubError | undefined;
  /** Gives back the graph that the caller's department tries. */
  releaseVariant: (() => void) | undefined;

  constructor(
    readonly context: RequestContext<E>,
    readonly parameters: OperationParameters,
    readonly incoming: IncomingRequest,
    readonly type: ResponseType,
    readonly extra: ExtraHeaders,
    /** Name of the graph that the caller asks for; the graph in force where absent. */
    readonly variant: string | undefined,
  ) {}

  outcome(): RequestOutcome {
    const { error } = this;
    return {
      status: error ? refusalStatus(error, this.type) : 200,
      milliseconds: this.incoming.milliseconds,
      parameters: this.parameters,
      operation: this.operation,
      answer: error ? undefined : this.answer,
      error,
      abandoned: this.incoming.response.destroyed,
    };
  }

  traceAttributes(): TraceAttributes {
    const { context, operation } = this;
    return {
      'sharehub.operation': operation?.id,
      'sharehub.department': context.caller?.department,
      'sharehub.scenario': context.scenario,
      'graphql.operation.name': operation?.name,
      'graphql.operation.type': operation?.kind,
    };
  }
}
