import type { DisputedPlace } from './answer.js';

/** A place whose item is under correction, as its caller is told of it: nothing of who reported it, or of the subject. */
export interface ShownDispute {
  readonly path: readonly (string | number)[];
  readonly item: string;
  /** ISO 8601 instant. */
  readonly since: string;
  /** Status of the correction. */
  readonly stage: string;
  /** Words of the law on serving the person meanwhile. @source CZ-14e, CZ-14f */
  readonly notice?: string;
}

/** @returns one entry; none for an item that was asked for and is not there */
export const describeDispute = ({ path, dispute }: DisputedPlace): readonly ShownDispute[] => {
  if (path === undefined) return [];
  const { item, since, stage, notice } = dispute;
  return [{ path, item, since: new Date(since).toISOString(), stage, ...(notice !== undefined && { notice }) }];
};
