import type { Text } from '../../../../shared/kernel/index.js';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import type { GovernanceOwn } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import { findUnservedTwins } from '../checks/item-names.rule.js';
import { toDataType } from '../checks/vocabulary.rule.js';
import { CatalogueItem } from '../entry/catalogue-item.entity.js';
import { EntryStore, type ItemRow, type ResourceRow, toItemRow } from '../entry/entry.store.js';
import { openTask } from '../maintenance/catalogue-task.store.js';
import type { SdlCatalogue, SdlItem, SdlResource } from './sdl-catalogue.js';
import { findSdlDifferences } from './sdl-differences.js';
import { say } from '../messages/index.js';

/** Outcome of a synchronisation: codes of entries. */
export interface CatalogueSync {
  readonly created: string[];
  readonly changed: string[];
  readonly unchanged: string[];
  /** Errors and gaps in the SDL, and entries that could not be taken over, as sentences. */
  readonly problems: Text[];
}
type Own = Pick<GovernanceOwn, 'now' | 'profile' | 'calendar' | 'timeZone'>;

/** Brings the catalogue in line with a subgraph's SDL: new entries and changed ones become drafts; an entry in force stays
 *  so until the changed draft has been reviewed and published, and a task is opened for that.
 *  @param only  synchronises the entries of this department alone
 *  @source share-rules section 1; HZ-5.4b, QZ-4.2c, JL-15d */
export async function syncCatalogueFromSdl(
  em: EntityManager,
  { resources, problems }: SdlCatalogue,
  only: string | undefined,
  fetch: Pick<FetchContext, 'department' | 'person'>,
  own: Own,
): Promise<CatalogueSync> {
  const sync: CatalogueSync = { created: [], changed: [], unchanged: [], problems: [...problems] };
  const store = new EntryStore(em, fetch, own.now);
  const departments = new Set((await findDepartments(em)).map(({ code }) => code));
  for (const resource of resources) {
    if (only !== undefined && resource.provider !== only) continue;
    if (departments.has(resource.provider)) await syncEntry(em, resource, store, own, sync);
    else sync.problems.push(say('sdl.department', { code: resource.code, department: resource.provider }));
  }
  return sync;
}

async function syncEntry(
  em: EntityManager,
  resource: SdlResource,
  store: EntryStore,
  own: Own,
  sync: CatalogueSync,
): Promise<void> {
  const { code, provider, subgraph } = resource;
  const items = await selectOwnItems(em, resource, sync.problems);
  const current = await store.findCurrent(code);
  const entry = (await store.findOpen(code)) ?? current;
  if (!entry) {
    const rows = items.map((item) => toRow(item));
    await store.createRevision(toResource(resource), rows, { act: 'REGISTER_CATALOGUE' });
    sync.created.push(code);
    return;
  }
  if (entry.provider !== provider) {
    sync.problems.push(say('sdl.otherProvider', { code, owner: entry.provider, provider }));
    return;
  }
  if (entry.subgraph && entry.subgraph !== subgraph) {
    sync.problems.push(say('sdl.otherSubgraph', { code, subgraph: entry.subgraph }));
    return;
  }
  const before = await store.readItems(entry);
  const announced = findUnservedTwins(before, items);
  const attributes = [
    ...findSdlDifferences(resource, items, entry, before),
    ...announced.map(({ item: { name }, twin }) => ({ attribute: name, before: name, after: twin.coordinate! })),
  ];
  if (attributes.length === 0) {
    sync.unchanged.push(code);
    return;
  }
  const draft = entry === current ? await store.copyRevision(current, { act: 'REGISTER_CATALOGUE' }) : entry;
  const { name, category, library, updateCycle, type: typeName } = resource;
  const changed = await store.changeRevision(
    draft,
    { name, category, library, updateCycle, subgraph, typeName, reviews: [], process: [] },
    { act: 'REGISTER_CATALOGUE', state: 'DRAFT', reason: 'The schema of the subgraph changed.', attributes },
  );
  // An item that forms announced before a subgraph served it is the served one from now on.
  const known = new Map([
    ...announced.map(({ item, twin }) => [twin.coordinate, item] as const),
    ...before.flatMap((item) => (item.coordinate ? [[item.coordinate, item] as const] : [])),
  ]);
  const replaced = new Set(announced.map(({ item }) => item));
  const unserved = before.filter((item) => !item.coordinate && !replaced.has(item)).map(toItemRow);
  await store.replaceItems(changed, [...items.map((item) => toRow(item, known.get(item.coordinate))), ...unserved]);
  if (current) {
    const subject = attributes.map(({ attribute }) => attribute).join(', ');
    await openTask(em, { kind: 'SCHEMA_CHANGE', department: provider, code, subject, at: own.now() }, own);
  }
  sync.changed.push(code);
}

/** Selects the items that no other entry has. An item of another entry is a shared value type, a declared copy, or a
 *  second claim, which is reported. @source HZ-3.1a */
async function selectOwnItems(em: EntityManager, { code, items }: SdlResource, problems: Text[]): Promise<SdlItem[]> {
  const coordinates = items.map(({ coordinate }) => coordinate);
  const others = await em.find(
    CatalogueItem,
    { coordinate: { $in: coordinates }, code: { $ne: code } },
    { disableIdentityMap: true, fields: ['coordinate', 'code', 'provider'] },
  );
  const taken = new Map(others.map((other) => [other.coordinate, other]));
  return items.filter(({ coordinate, ofEntity, copyOf }) => {
    const other = taken.get(coordinate);
    if (other && ofEntity && !copyOf)
      problems.push(say('sdl.otherSource', { item: coordinate, code: other.code, provider: other.provider }));
    return !other;
  });
}

const toResource = ({ type, items: _items, ...attributes }: SdlResource): ResourceRow => ({
  ...attributes,
  typeName: type,
  format: 'DATABASE',
  method: 'INTERFACE',
  opennessBasis: [],
  legalBasis: [],
  related: [],
  supplement: false,
});

/** @param before  the item as the entry had it; keeps the facts that forms have added */
const toRow = (item: SdlItem, before?: CatalogueItem): ItemRow => ({
  coordinate: item.coordinate,
  name: item.name,
  provider: item.provider,
  sdlType: item.type,
  dataType: before?.sdlType === item.type ? before.dataType : toDataType(item.type),
  shareType: item.shareType,
  condition: item.condition,
  basis: [...item.basis],
  basic: item.basic,
  identifier: item.identifier,
  length: before?.length,
  scale: before?.scale,
  reason: before?.reason,
});
