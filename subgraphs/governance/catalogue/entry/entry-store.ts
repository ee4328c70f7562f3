import type { EntityManager } from '@mikro-orm/postgresql';
import { queryIn } from '../../core/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { CatalogueChange, type AttributeChange } from './catalogue-change.entity.js';
import { CatalogueItem } from './catalogue-item.entity.js';
import { CatalogueResource } from './catalogue-resource.entity.js';
import { OPEN_STATES, type CatalogueState } from '../checks/vocabulary.rule.js';
import { gramVectorOf, vectorOf } from '../search/words.js';

export type ItemRow = Omit<CatalogueItem, 'id' | 'resource' | 'code'>;
export type ResourceRow = Omit<
  CatalogueResource,
  'id' | 'revision' | 'version' | 'state' | 'process' | 'reviews' | 'updatedAt'
>;
/** What is kept of a change beside the entry itself. */
export interface Step {
  readonly act: string;
  readonly state?: CatalogueState;
  readonly reason?: string | null | undefined;
  readonly basis?: readonly string[] | null | undefined;
  readonly attributes?: readonly AttributeChange[];
}

const FRESH = { disableIdentityMap: true } as const;

/** Rows of the catalogue. Every change of an entry goes through `change`, which keeps who, when and why. */
export class EntryStore {
  /** @param now  milliseconds since the epoch */
  constructor(
    private readonly em: EntityManager,
    private readonly fetch: Pick<FetchContext, 'department' | 'person'>,
    private readonly now: () => number,
  ) {}

  /** The revision that is worked on. */
  async open(code: string): Promise<CatalogueResource | null> {
    return this.em.findOne(CatalogueResource, { code, supersededAt: null, state: { $in: [...OPEN_STATES] } }, FRESH);
  }

  /** The revision that is in force, or was until it was suspended. */
  async standing(code: string): Promise<CatalogueResource | null> {
    const states: CatalogueState[] = ['PUBLISHED', 'SUSPENDED'];
    return this.em.findOne(CatalogueResource, { code, supersededAt: null, state: { $in: states } }, FRESH);
  }

  async itemsOf({ id }: CatalogueResource): Promise<CatalogueItem[]> {
    return this.em.find(CatalogueItem, { resource: id }, { ...FRESH, orderBy: { id: 'asc' } });
  }

  async add(row: ResourceRow, items: readonly ItemRow[], step: Step): Promise<CatalogueResource> {
    const [last] = await queryIn(this.em)('select max(revision) as revision from catalogue_resource where code = $1', [
      row.code,
    ]);
    const revision = Number(last?.['revision'] ?? 0) + 1;
    const id = `${row.code}@${revision}`;
    const at = new Date(this.now());
    await this.em.insert(CatalogueResource, {
      ...row,
      ...{ id, revision, version: 1, state: 'DRAFT', process: [], reviews: [], updatedAt: at },
    });
    const resource = await this.byId(id);
    await this.putItems(resource, items);
    await this.keep(resource, undefined, step);
    return resource;
  }

  /** The revision that is worked on; begun from the one in force where there is none. */
  async draftOf(standing: CatalogueResource, step: Step): Promise<CatalogueResource> {
    const items = await this.itemsOf(standing);
    return this.add(copyOf(standing), items.map(rowOfItem), step);
  }

  /** Changes an entry and keeps it in its history. */
  async change(
    entry: CatalogueResource,
    changes: Partial<Omit<CatalogueResource, 'id'>>,
    step: Step,
  ): Promise<CatalogueResource> {
    const { id, version } = entry;
    await this.em.nativeUpdate(
      CatalogueResource,
      { id },
      { ...changes, ...(step.state && { state: step.state }), version: version + 1, updatedAt: new Date(this.now()) },
    );
    const changed = await this.byId(id);
    await this.keep(changed, entry.state, step);
    return changed;
  }

  /** Puts the items of a revision in the place of those it has. */
  async putItems(resource: CatalogueResource, items: readonly ItemRow[]): Promise<void> {
    await this.em.nativeDelete(CatalogueItem, { resource: resource.id });
    if (items.length === 0) return;
    const rows = items.map((item, at) => ({
      ...item,
      ...{
        id: `${resource.id}#${item.coordinate ?? String(at + 1).padStart(4, '0')}`,
        resource: resource.id,
        code: resource.code,
      },
    }));
    await this.em.insertMany(CatalogueItem, rows);
    await this.index(resource, rows);
  }

  /** Ends a revision that another takes the place of; a search finds its items no more. */
  async supersede(entry: CatalogueResource, at: Date): Promise<void> {
    await this.em.nativeUpdate(CatalogueResource, { id: entry.id }, { supersededAt: at });
    await this.forget(entry);
  }

  /** A search finds the items of an entry no more. */
  async forget({ id }: CatalogueResource): Promise<void> {
    await queryIn(this.em)('update catalogue_item set words = null, grams = null where resource = $1', [id]);
  }

  /** What happened to an entry since a version, in sentences. */
  async since({ code, revision }: CatalogueResource, version: number): Promise<string[]> {
    const changes = await this.em.find(
      CatalogueChange,
      { code, revision, version: { $gt: version } },
      { ...FRESH, orderBy: { id: 'asc' }, limit: 20 },
    );
    return changes.map(
      ({ at, person, department, act, toState }) => `${at.toISOString()} ${person ?? department}: ${act}, ${toState}.`,
    );
  }

  private byId(id: string): Promise<CatalogueResource> {
    return this.em.findOneOrFail(CatalogueResource, { id }, FRESH);
  }

  private async index(resource: CatalogueResource, rows: readonly (ItemRow & { id: string })[]): Promise<void> {
    const { name, abstract, library, provider, code } = resource;
    const [department] = await queryIn(this.em)('select name from department where code = $1', [provider]);
    const rest = [abstract, library, department?.['name'], provider, code].filter(Boolean).join(' ');
    const words: string[] = [];
    for (const item of rows)
      words.push(await vectorOf({ name: item.name, resource: name, rest: `${item.coordinate ?? ''} ${rest}` }));
    await queryIn(this.em)(
      `update catalogue_item set words = found.words::tsvector, grams = found.grams::tsvector
         from unnest($1::text[], $2::text[], $3::text[]) as found (id, words, grams)
        where catalogue_item.id = found.id`,
      [rows.map(({ id }) => id), words, rows.map((item) => gramVectorOf(`${name} ${item.name}`))],
    );
  }

  private async keep(entry: CatalogueResource, fromState: CatalogueState | undefined, step: Step): Promise<void> {
    const { code, revision, version, state } = entry;
    await queryIn(this.em)(
      `insert into catalogue_change
         (code, revision, version, at, department, person, act, from_state, to_state, reason, basis, attributes)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb)`,
      [
        ...[code, revision, version, new Date(this.now()), this.fetch.department, this.fetch.person ?? null, step.act],
        ...[fromState ?? null, state, step.reason ?? null, JSON.stringify(step.basis ?? [])],
        JSON.stringify(step.attributes ?? []),
      ],
    );
  }
}

/** What an item is, wherever it is kept. */
export const rowOfItem = (item: CatalogueItem): ItemRow => ({
  ...{
    coordinate: item.coordinate,
    name: item.name,
    provider: item.provider,
    dataType: item.dataType,
    length: item.length,
  },
  ...{ sdlType: item.sdlType, shareType: item.shareType, condition: item.condition, reason: item.reason },
  ...{ basis: item.basis, basic: item.basic, identifier: item.identifier },
});

const copyOf = (entry: CatalogueResource): ResourceRow => ({
  ...{ code: entry.code, kind: entry.kind, subgraph: entry.subgraph, typeName: entry.typeName, name: entry.name },
  ...{ abstract: entry.abstract, provider: entry.provider, category: entry.category, library: entry.library },
  ...{ theme: entry.theme, format: entry.format, method: entry.method, shareScope: entry.shareScope },
  ...{ openness: entry.openness, opennessBasis: entry.opennessBasis, updateCycle: entry.updateCycle },
  ...{ timeliness: entry.timeliness, collectionScope: entry.collectionScope, legalBasis: entry.legalBasis },
  ...{ securityGrade: entry.securityGrade, duty: entry.duty, related: entry.related, supplement: entry.supplement },
});
