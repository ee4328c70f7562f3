import type { AccessRecord } from './access-record.js';

/** An item that an operation touched, as `evidence.item_use` has it. */
export interface ItemUse {
  readonly coordinate: string;
  readonly part: 'released' | 'denied' | 'internal';
  /** Why it was denied. */
  readonly code?: string | null;
  /** Department code of its provider; '' where the graph did not say. */
  readonly provider: string;
  readonly resource?: string | null;
}

/** One use as a reader may see it: who used which items, for what, and who had approved. Subjects are counted, never
 *  toUsedItem, and items are in the order of their coordinates, so that one use always reads the same. */
export interface VisibleUse extends Pick<
  AccessRecord,
  | 'time'
  | 'requestId'
  | 'department'
  | 'system'
  | 'person'
  | 'scenario'
  | 'purpose'
  | 'approvals'
  | 'rows'
  | 'subjectCount'
  | 'mode'
  | 'medium'
  | 'outcome'
  | 'code'
  | 'repeated'
> {
  readonly position: number;
  readonly released: readonly UsedItem[];
  readonly denied: readonly (UsedItem & { readonly code: string })[];
  readonly internal: readonly UsedItem[];
}
export interface UsedItem {
  readonly coordinate: string;
  /** Code of the catalogue resource, where the item belongs to one. */
  readonly resource?: string;
}

/** The view of a use: a provider's own items in it, or all of it.
 *
 *  A provider is told nothing of others' items in the same operation: neither their names, nor how many objects of their
 *  types were given, nor, when it gave nothing itself, of how many persons.
 *  @param items     what the operation touched, in any order
 *  @param provider  department code of the provider that reads; absent for who may see the use whole: the department whose
 *                   use it was, the auditor, the authority
 *  @returns         undefined when nothing of it concerns the provider
 *  @source QZ-8.4f, YN-33c */
export function visibleUse(
  position: number,
  record: AccessRecord,
  items: readonly ItemUse[],
  provider?: string,
): VisibleUse | undefined {
  const own = provider === undefined ? items : items.filter((item) => item.provider === provider && provider !== '');
  if (provider !== undefined && own.length === 0) return undefined;
  const [released, denied, internal] = (['released', 'denied', 'internal'] as const).map((part) => listOf(own, part));
  const gave = released!.length > 0 || internal!.length > 0;
  const { time, requestId, department, system, person, scenario, purpose, mode } = record;
  const { medium, outcome, code, repeated } = record;
  return {
    position,
    time,
    requestId,
    department,
    system,
    person,
    scenario,
    purpose,
    approvals: record.approvals,
    released: released!.map(toUsedItem),
    denied: denied!.map((item) => ({ ...toUsedItem(item), code: item.code ?? '' })),
    internal: internal!.map(toUsedItem),
    rows: provider === undefined ? record.rows : rowsOf(record, released!),
    subjectCount: provider === undefined || gave ? record.subjectCount : 0,
    mode,
    medium,
    outcome,
    code,
    repeated,
  };
}

/** Each coordinate once: an item that several departments provide is one item. */
function listOf(items: readonly ItemUse[], part: ItemUse['part']): readonly ItemUse[] {
  const byCoordinate = new Map<string, ItemUse>();
  for (const item of items) {
    if (item.part !== part) continue;
    const known = byCoordinate.get(item.coordinate);
    if (!known || item.provider < known.provider) byCoordinate.set(item.coordinate, item);
  }
  return [...byCoordinate.values()].sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
}

const toUsedItem = ({ coordinate, resource }: ItemUse): UsedItem => ({ coordinate, ...(resource && { resource }) });

/** Objects given of the types of which an item was given. */
function rowsOf({ rows }: AccessRecord, released: readonly ItemUse[]): AccessRecord['rows'] {
  const types = new Set(released.map(({ coordinate }) => coordinate.slice(0, coordinate.indexOf('.'))));
  return Object.fromEntries(Object.entries(rows).filter(([type]) => types.has(type)));
}
