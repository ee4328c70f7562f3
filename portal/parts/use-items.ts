import { useMemo } from 'react';
import { ItemNamesDocument, type ItemNamesQuery } from './item-names.generated.js';
import { useAnswer } from './use-answer.js';

export type NamedItem = NonNullable<ItemNamesQuery['catalogueItems']>[number];

/** Items of the catalogue by their coordinates. What is in no entry in force is not there. */
export function useItems(coordinates: readonly string[]): ReadonlyMap<string, NamedItem> {
  const asked = [...coordinates].sort();
  const key = asked.join(' ');
  const variables = useMemo(() => ({ coordinates: asked }), [key]);
  const { data } = useAnswer(ItemNamesDocument, variables, asked.length === 0);
  return useMemo(() => new Map((data?.catalogueItems ?? []).map((item) => [item.coordinate ?? '', item])), [data]);
}
