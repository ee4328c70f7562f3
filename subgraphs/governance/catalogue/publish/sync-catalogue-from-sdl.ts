import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { Department } from '../../register/index.js';
import type { GovernanceOwn } from '../../core/index.js';
import type { AttributeChange } from '../entry/catalogue-change.entity.js';
import { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { EntryStore, rowOfItem, type ItemRow, type ResourceRow } from '../entry/entry-store.js';
import { shown } from '../entry/shown.js';
import type { StatedCatalogue, StatedItem, StatedResource } from './sdl-catalogue.js';
import { openTask } from '../review/tasks.js';
import { dataTypeOf } from '../checks/vocabulary.rule.js';

export interface Registered {
  readonly created: string[];
  readonly changed: string[];
  readonly unchanged: string[];
  /** What is not as it should be, in sentences. */
  readonly problems: string[];
}

/** Brings the catalogue in line with what a subgraph's SDL states: new entries and changed ones become drafts; what is in
 *  force stays so until the changed draft has been reviewed and published, and a task is opened for that.
 *  @param only  registers the entries of this department alone
 *  @source share-rules section 1; HZ-5.4b, QZ-4.2c, JL-15d */
export async function registerStated(
  em: EntityManager,
  { resources, problems }: StatedCatalogue,
  only: string | undefined,
  fetch: Pick<FetchContext, 'department' | 'person'>,
  own: Pick<GovernanceOwn, 'now' | 'profile' | 'calendar' | 'timeZone'>,
): Promise<Registered> {
  const done: Registered = { created: [], changed: [], unchanged: [], problems: [...problems] };
  const store = new EntryStore(em, fetch, own.now);
  for (const stated of resources) {
    if (only !== undefined && stated.provider !== only) continue;
    if ((await em.count(Department, { code: stated.provider })) === 0) {
      done.problems.push(`${stated.code}: there is no department ${stated.provider}.`);
      continue;
    }
    const items = await ownItems(em, stated, done.problems);
    const standing = await store.standing(stated.code);
    const known = (await store.open(stated.code)) ?? standing;
    if (!known) {
      await store.add(
        rowOf(stated),
        items.map((item) => itemOf(item)),
        { act: 'REGISTER_CATALOGUE' },
      );
      done.created.push(stated.code);
      continue;
    }
    if (known.provider !== stated.provider) {
      done.problems.push(
        `${stated.code} is ${known.provider}'s entry; ${stated.provider} cannot take it over (HZ-3.1a).`,
      );
      continue;
    }
    if (known.subgraph && known.subgraph !== stated.subgraph) {
      done.problems.push(`${stated.code} is stated by the subgraph ${known.subgraph}; withdraw it there first.`);
      continue;
    }
    const before = await store.itemsOf(known);
    const attributes = differences(stated, items, known, before);
    if (attributes.length === 0) {
      done.unchanged.push(stated.code);
      continue;
    }
    const step = {
      act: 'REGISTER_CATALOGUE',
      state: 'DRAFT',
      reason: 'The schema of the subgraph changed.',
      attributes,
    } as const;
    const draft = known === standing ? await store.draftOf(standing, { act: 'REGISTER_CATALOGUE' }) : known;
    const { name, category, library, updateCycle, subgraph, type: typeName } = stated;
    const changed = await store.change(
      draft,
      { name, category, library, updateCycle, subgraph, typeName, reviews: [], process: [] },
      step,
    );
    const unserved = before.filter(({ coordinate }) => !coordinate).map(rowOfItem);
    await store.putItems(changed, [
      ...items.map((item) =>
        itemOf(
          item,
          before.find(({ coordinate }) => coordinate === item.coordinate),
        ),
      ),
      ...unserved,
    ]);
    if (standing) {
      const subject = attributes.map(({ attribute }) => attribute).join(', ');
      await openTask(
        em,
        { kind: 'SCHEMA_CHANGE', department: stated.provider, code: stated.code, subject, at: own.now() },
        own,
      );
    }
    done.changed.push(stated.code);
  }
  return done;
}

/** Items that nobody else has catalogued. One that another entry has is a shared value type, a declared copy, or a second
 *  claim, which is said. @source HZ-3.1a */
async function ownItems(em: EntityManager, { code, items }: StatedResource, problems: string[]): Promise<StatedItem[]> {
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
      problems.push(
        `${coordinate} is an item of ${other.code} of ${other.provider} already: one item, one source (HZ-3.1a).`,
      );
    return !other;
  });
}

const rowOf = ({
  code,
  kind,
  subgraph,
  type,
  name,
  abstract,
  provider,
  category,
  library,
  updateCycle,
}: StatedResource): ResourceRow => ({
  ...{ code, kind, subgraph, typeName: type, name, abstract, provider, category, library, updateCycle },
  ...{ format: 'DATABASE', method: 'INTERFACE', opennessBasis: [], legalBasis: [], related: [], supplement: false },
});

const itemOf = (item: StatedItem, before?: CatalogueItem): ItemRow => ({
  ...{ coordinate: item.coordinate, name: item.name, provider: item.provider, sdlType: item.type },
  dataType: before?.sdlType === item.type ? before.dataType : dataTypeOf(item.type),
  ...{ shareType: item.shareType, condition: item.condition, basis: [...item.basis] },
  ...{ basic: item.basic, identifier: item.identifier, length: before?.length, reason: before?.reason },
});

/** What the SDL says otherwise than the catalogue. */
function differences(
  stated: StatedResource,
  items: readonly StatedItem[],
  known: CatalogueResource,
  before: readonly CatalogueItem[],
): AttributeChange[] {
  const found: AttributeChange[] = [];
  const compare = (attribute: string, old: unknown, now: unknown) => {
    const [a, b] = [shown(old), shown(now)];
    if (a !== b) found.push({ attribute, before: a, after: b });
  };
  for (const attribute of ['name', 'category', 'library', 'updateCycle'] as const)
    compare(attribute, known[attribute], stated[attribute]);
  const old = new Map(before.flatMap((item) => (item.coordinate ? [[item.coordinate, item] as const] : [])));
  for (const item of items) {
    const was = old.get(item.coordinate);
    old.delete(item.coordinate);
    const at = item.coordinate;
    if (!was) compare(at, undefined, `${item.name}, ${item.type}, ${item.shareType}`);
    else {
      compare(`${at} name`, was.name, item.name);
      compare(`${at} type`, was.sdlType, item.type);
      compare(`${at} shareType`, was.shareType, item.shareType);
      compare(`${at} condition`, was.condition, item.condition);
      compare(`${at} basis`, was.basis, item.basis);
      compare(`${at} basic`, was.basic, item.basic);
      compare(`${at} provider`, was.provider, item.provider);
    }
  }
  for (const [at, { name, sdlType, shareType }] of old) compare(at, `${name}, ${sdlType}, ${shareType}`, undefined);
  return found;
}
