/** A department's part in a deadline. */
export interface Concern {
  readonly owner: boolean;
  readonly overseer: boolean;
}
