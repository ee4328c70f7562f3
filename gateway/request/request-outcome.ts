import type { HubError } from '../../shared/kernel/index.js';
import type { Answer } from './answer.js';
import type { PreparedOperation } from './operation.js';

/** The parameters of a GraphQL-over-HTTP request. */
export interface OperationParameters {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** The result of one request, as it is recorded and counted. */
export interface RequestOutcome {
  /** HTTP status that is about to be written. */
  readonly status: number;
  readonly milliseconds: number;
  /** Parameters as received. */
  readonly parameters: OperationParameters;
  /** Absent when the request was refused before its operation was checked. */
  readonly operation?: PreparedOperation;
  /** Absent when the request was refused as a whole. */
  readonly answer?: Answer;
  /** Reason for which the request was refused as a whole. */
  readonly error?: HubError;
  /** The client closed the connection before there was an answer, so nothing is written. */
  readonly abandoned: boolean;
}
