import type { Mask } from '../kernel/index.js';
import { FURTHER_OUTCOMES, type AccessRecord, type UsedConsent } from './access-record.js';

/** What became of an item. */
export type ItemPart = 'released' | 'denied' | 'internal' | (typeof FURTHER_OUTCOMES)[number];

/** An item that an operation touched, as `evidence.item_use` has it. */
export interface ItemUse {
  readonly coordinate: string;
  readonly part: ItemPart;
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
  /** Consents that inputs were sent under: all of them, or those that the reader gave. */
  readonly consents: readonly UsedConsent[];
  readonly released: readonly UsedItem[];
  readonly denied: readonly (UsedItem & { readonly code: string })[];
  readonly internal: readonly UsedItem[];
  readonly masked: readonly UsedItem[];
  readonly absent: readonly UsedItem[];
  readonly unavailable: readonly UsedItem[];
  readonly filtered: readonly UsedItem[];
  readonly compared: readonly UsedItem[];
  readonly aggregated: readonly UsedItem[];
  /** Items sent to subgraphs. */
  readonly sent: readonly { readonly subgraph: string; readonly coordinates: readonly string[] }[];
  readonly masks: readonly { readonly coordinate: string; readonly mask: Mask }[];
  /** Divisions within which an item, or the rows of a type, were given. */
  readonly scopes: readonly { readonly coordinate: string; readonly divisions: readonly string[] }[];
}
export interface UsedItem {
  readonly coordinate: string;
  /** Code of the catalogue resource, where the item belongs to one. */
  readonly resource?: string;
}

/** The view of a use: a provider's own items in it, or all of it.
 *
 *  A provider is told nothing of others' items in the same operation: neither their names, nor how many objects of their
 *  types were given, nor how many uses were counted, nor, when it gave nothing itself, of how many persons.
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
  const [masked, absent, unavailable, filtered, compared, aggregated] = FURTHER_OUTCOMES.map((part) =>
    listOf(own, part).map(toUsedItem),
  );
  const given = own.filter(({ part }) => part === 'released' || part === 'masked');
  const gave = [given, internal, compared, aggregated].some((items) => items!.length > 0);
  const isVisible = isVisibleIn(own, provider);
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
    approvals: provider === undefined ? record.approvals : record.approvals.map(withoutUses),
    consents: (record.consents ?? []).filter(({ owner }) => provider === undefined || owner === provider),
    released: released!.map(toUsedItem),
    denied: denied!.map((item) => ({ ...toUsedItem(item), code: item.code ?? '' })),
    internal: internal!.map(toUsedItem),
    masked: masked!,
    absent: absent!,
    unavailable: unavailable!,
    filtered: filtered!,
    compared: compared!,
    aggregated: aggregated!,
    ...limitsOf(record, isVisible),
    rows: provider === undefined ? record.rows : rowsOf(record, given),
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

const withoutUses = ({ uses: _, ...approval }: AccessRecord['approvals'][number]): typeof approval => approval;

const toUsedItem = ({ coordinate, resource }: ItemUse): UsedItem => ({ coordinate, ...(resource && { resource }) });

/** Objects given of the types of which an item was given. */
function rowsOf({ rows }: AccessRecord, released: readonly ItemUse[]): AccessRecord['rows'] {
  const types = new Set(released.map(({ coordinate }) => coordinate.slice(0, coordinate.indexOf('.'))));
  return Object.fromEntries(Object.entries(rows).filter(([type]) => types.has(type)));
}

/** True for an item, or a type, of which the reader sees something. */
function isVisibleIn(own: readonly ItemUse[], provider: string | undefined): (at: string) => boolean {
  if (provider === undefined) return () => true;
  const names = new Set(own.flatMap(({ coordinate }) => [coordinate, coordinate.slice(0, coordinate.indexOf('.'))]));
  return (at) => names.has(at);
}

function limitsOf(
  { sent = {}, masks = {}, scopes = {}, rowScopes = {} }: AccessRecord,
  isVisible: (at: string) => boolean,
): Pick<VisibleUse, 'sent' | 'masks' | 'scopes'> {
  return {
    sent: Object.entries(sent)
      .map(([subgraph, coordinates]) => ({ subgraph, coordinates: coordinates.filter(isVisible) }))
      .filter(({ coordinates }) => coordinates.length > 0),
    masks: Object.entries(masks).flatMap(([coordinate, mask]) => (isVisible(coordinate) ? [{ coordinate, mask }] : [])),
    scopes: [...Object.entries(scopes), ...Object.entries(rowScopes)].flatMap(([coordinate, divisions]) =>
      isVisible(coordinate) ? [{ coordinate, divisions }] : [],
    ),
  };
}
