/** The log line of one request. It holds nothing of the operation's text, variables or answer. */
export interface RequestLine {
  readonly method: string | undefined;
  /** Without the query component. */
  readonly path: string;
  readonly status: number;
  /** From its arrival to its answer, milliseconds. */
  readonly ms: number;
  readonly requestId: string;
  /** Department of the caller, once identified. */
  readonly department?: string | undefined;
  /** See `outcomeLabel`; absent for requests that are not for GraphQL. */
  readonly outcome?: string | undefined;
}
