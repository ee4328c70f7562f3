import type { HubError } from '../../shared/kernel/index.js';
import type { Answer } from '../execution/answer.js';
import type { Operation } from '../operation/operation.js';
import type { TraceAttributes } from '../tracing/trace.js';
import type { Arrival } from './arrival.js';
import type { Exchange, OperationRequest, Outcome } from './exchange.js';
import type { ResponseType } from './media-types.js';
import { refusalStatus } from './refusal.js';
import type { ExtraHeaders } from './reply.js';

export type Open<T> = { -readonly [K in keyof T]: T[K] };

/** One well-formed request and what becomes of it. */
export class Visit<E> {
  operation: Operation | undefined;
  answer: Answer | undefined;
  error: HubError | undefined;

  constructor(
    readonly exchange: Open<Exchange<E>>,
    readonly request: OperationRequest,
    readonly arrival: Arrival,
    readonly type: ResponseType,
    readonly extra: ExtraHeaders,
  ) {}

  outcome(): Outcome {
    const { error } = this;
    return {
      status: error ? refusalStatus(error, this.type) : 200,
      milliseconds: this.arrival.milliseconds,
      request: this.request,
      operation: this.operation,
      answer: error ? undefined : this.answer,
      error,
      abandoned: this.arrival.response.destroyed,
    };
  }

  /** What its trace says of it. */
  attributes(): TraceAttributes {
    const { exchange, operation } = this;
    return {
      'sharehub.operation': operation?.id,
      'sharehub.department': exchange.caller?.department,
      'sharehub.scenario': exchange.scenario,
      'graphql.operation.name': operation?.name,
      'graphql.operation.type': operation?.kind,
    };
  }
}
