import type { ListRow } from './list-kind.rule.js';

export interface ListChange {
  readonly key: string;
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** What of the line is otherwise. */
  readonly fields: readonly string[];
}

/** What of a line is compared: what is shared, not who happens to have it at which level, nor how far it is. */
const COMPARED = ['name', 'items', 'shareType', 'basis', 'updateCycle', 'openness'] as const;

/** How one list differs from another, in the order of the keys. @source JL-24j */
export function differences(from: readonly ListRow[], to: readonly ListRow[]): ListChange[] {
  const before = new Map(from.map((row) => [row.key, row]));
  const after = new Map(to.map((row) => [row.key, row]));
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key): ListChange[] => {
    const [old, now] = [before.get(key), after.get(key)];
    if (!old) return [{ key, change: 'ADDED', fields: [] }];
    if (!now) return [{ key, change: 'REMOVED', fields: [] }];
    const fields = COMPARED.filter((field) => textOf(old[field]) !== textOf(now[field]));
    return fields.length === 0 ? [] : [{ key, change: 'CHANGED', fields }];
  });
}

const textOf = (value: string | readonly string[] | null): string =>
  JSON.stringify(typeof value === 'object' && value !== null ? [...value].sort() : value);
