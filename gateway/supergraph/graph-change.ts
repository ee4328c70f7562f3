/** A difference of a graph to the one before it, as its consumers and the owners of items meet it. */
export interface GraphChange {
  readonly code: string;
  /** `BREAKING` takes something away, `OPENING` shares something more widely. */
  readonly severity: 'BREAKING' | 'OPENING' | 'NOTE';
  /** `Type.field`, or the type. */
  readonly coordinate: string;
  readonly message: string;
}
