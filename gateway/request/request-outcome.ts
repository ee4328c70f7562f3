import type { HubError } from '../../shared/kernel/index.js';
import type { Answer } from './answer.js';
import type { PreparedOperation } from './operation.js';

/** The parameters of a GraphQL-over-HTTP request. */
export interface OperationParameters {
  /** Absent where `persisted` names an operation that the hub may know. */
  readonly query: string | undefined;
  /** SHA-256 of the text, hex, where the client names its operation by it. */
  readonly persisted?: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  /** The answer is to say how current its resources are. */
  readonly freshness?: boolean;
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
