import { isObject, type Json } from './fetch-shape.js';
import type { AppliedList, WithheldRecords } from './withhold-records.js';

/** The objects a call fills, each with the index of the representation that it shares. */
export interface Batch {
  readonly representations: readonly string[];
  readonly targets: readonly Json[];
  readonly indices: readonly number[];
}

export const isListOf = ({ representations }: Batch, entities: unknown): entities is readonly unknown[] =>
  Array.isArray(entities) && entities.length === representations.length;

/** The part of a batch that some of its representations are for. */
export function pick({ representations, targets, indices }: Batch, of: readonly number[]): Batch {
  const places = new Map(of.map((index, n) => [index, n]));
  const own = indices.flatMap((index, n) => (places.has(index) ? n : []));
  return {
    representations: of.map((index) => representations[index]!),
    targets: own.map((n) => targets[n]!),
    indices: own.map((n) => places.get(indices[n]!)!),
  };
}

/** The entities without those of withheld subjects. Where an entity does not name its subject, the object that it is for does. */
export function leaveOut(
  withhold: WithheldRecords | undefined,
  { targets, indices }: Batch,
  entities: readonly unknown[],
  applied: AppliedList,
): readonly unknown[] {
  if (!withhold) return entities;
  return entities.map((entity, index) =>
    isObject(entity) && withhold(entity, applied, targets[indices.indexOf(index)]) ? null : entity,
  );
}
