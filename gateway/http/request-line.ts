/** What the log says of one request. Nothing of its text, its variables or its answer. */
export interface RequestLine {
  readonly method: string | undefined;
  /** Without the query component. */
  readonly path: string;
  readonly status: number;
  /** From its arrival to its answer, milliseconds. */
  readonly ms: number;
  readonly requestId: string;
  /** Who asked, when that was found out. */
  readonly department?: string | undefined;
  /** See `endedAs`; of what is no operation, the status says it all. */
  readonly outcome?: string | undefined;
}
