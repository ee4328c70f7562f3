import type { ListRow } from './list-kind.rule.js';

/** Kinds of difference, with their Chinese names. */
export const LIST_CHANGES = { ADDED: '新增', REMOVED: '删除', CHANGED: '变化' } as const;

export interface ListChange {
  readonly key: string;
  readonly change: keyof typeof LIST_CHANGES;
  /** Attributes that differ. */
  readonly fields: string[];
}

/** Attributes that are compared: the subject of sharing, not its department at either level, nor its progress. */
const COMPARED = ['name', 'items', 'shareType', 'basis', 'updateCycle', 'openness'] as const;

/** Differences of one list from another, in the order of the keys. @source JL-24j */
export function compareLists(from: readonly ListRow[], to: readonly ListRow[]): ListChange[] {
  const before = new Map(from.map((row) => [row.key, row]));
  const after = new Map(to.map((row) => [row.key, row]));
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key): ListChange[] => {
    const [old, now] = [before.get(key), after.get(key)];
    if (!old) return [{ key, change: 'ADDED', fields: [] }];
    if (!now) return [{ key, change: 'REMOVED', fields: [] }];
    const fields = COMPARED.filter((field) => toText(old[field]) !== toText(now[field]));
    return fields.length === 0 ? [] : [{ key, change: 'CHANGED', fields }];
  });
}

const toText = (value: string | readonly string[] | null): string =>
  JSON.stringify(typeof value === 'object' && value !== null ? [...value].sort() : value);
