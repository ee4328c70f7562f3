import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { namesOfDepartments } from '../../register/index.js';
import { CURRENT_STATES, OPEN_STATES } from '../checks/vocabulary.rule.js';
import { buildPairVector, buildSearchVector } from '../search/search-words.js';
import { catalogueTables } from '../tables.js';
import { CatalogueChange, type AttributeChange } from './catalogue-change.entity.js';
import type { CatalogueAction, CatalogueState } from './catalogue-enums.js';
import { CatalogueItem } from './catalogue-item.entity.js';
import { CatalogueResource } from './catalogue-resource.entity.js';

/** An item without the revision that it stands in. */
export type ItemRow = Omit<CatalogueItem, 'id' | 'resource' | 'code' | symbol>;
/** An entry without its revision and the state of its review. */
export type ResourceRow = Omit<
  CatalogueResource,
  'id' | 'revision' | 'version' | 'state' | 'process' | 'reviews' | 'updatedAt' | symbol
>;

/** The facts of a change that the history keeps beside the entry itself. */
export interface HistoryStep {
  readonly act: CatalogueAction;
  readonly state?: CatalogueState;
  readonly reason?: string | null | undefined;
  readonly basis?: readonly string[] | null | undefined;
  readonly attributes?: readonly AttributeChange[];
}

const FRESH = { disableIdentityMap: true } as const;

/** Entries of the catalogue by revision. Every change goes through `changeRevision`, which keeps who, when and why. */
export class EntryStore {
  /** @param now  milliseconds since the epoch */
  constructor(
    private readonly em: EntityManager,
    private readonly fetch: Pick<FetchContext, 'department' | 'person'>,
    private readonly now: () => number,
  ) {}

  /** The revision that is worked on. */
  findOpen(code: string): Promise<CatalogueResource | null> {
    return this.em.findOne(CatalogueResource, { code, supersededAt: null, state: { $in: OPEN_STATES } }, FRESH);
  }

  /** The revision that is in force, or was until it was suspended. */
  findCurrent(code: string): Promise<CatalogueResource | null> {
    return this.em.findOne(CatalogueResource, { code, supersededAt: null, state: { $in: CURRENT_STATES } }, FRESH);
  }

  readItems({ id }: CatalogueResource): Promise<CatalogueItem[]> {
    return this.em.find(CatalogueItem, { resource: id }, { ...FRESH, orderBy: { id: 'asc' } });
  }

  /** Persons who drafted or submitted a revision. */
  async findAuthors({ code, revision }: CatalogueResource): Promise<string[]> {
    const rows = await catalogueTables(this.em)
      .selectFrom('catalogue_change')
      .select('person')
      .distinct()
      .where('code', '=', code)
      .where('revision', '=', revision)
      .where('act', 'in', ['DESCRIBE_RESOURCE', 'SUBMIT_RESOURCE'])
      .execute();
    return rows.flatMap(({ person }) => person ?? []);
  }

  /** Begins the next revision of a code, as a draft. */
  async createRevision(row: ResourceRow, items: readonly ItemRow[], step: HistoryStep): Promise<CatalogueResource> {
    const { last } = await catalogueTables(this.em)
      .selectFrom('catalogue_resource')
      .select(({ fn }) => fn.max('revision').as('last'))
      .where('code', '=', row.code)
      .executeTakeFirstOrThrow();
    const revision = Number(last ?? 0) + 1;
    const id = `${row.code}@${revision}`;
    const updatedAt = new Date(this.now());
    const begun = { id, revision, version: 1, state: 'DRAFT' as const, process: [], reviews: [], updatedAt };
    await this.em.insert(CatalogueResource, { ...row, ...begun });
    const resource = await this.readRevision(id);
    await this.replaceItems(resource, items);
    await this.recordChange(resource, undefined, step);
    return resource;
  }

  /** Begins a draft as a copy of the revision in force. */
  async copyRevision(current: CatalogueResource, step: HistoryStep): Promise<CatalogueResource> {
    const items = await this.readItems(current);
    return this.createRevision(toResourceRow(current), items.map(toItemRow), step);
  }

  /** Changes an entry and keeps the change in its history. */
  async changeRevision(
    entry: CatalogueResource,
    changes: Partial<Omit<CatalogueResource, 'id'>>,
    step: HistoryStep,
  ): Promise<CatalogueResource> {
    const { id, version } = entry;
    await this.em.nativeUpdate(
      CatalogueResource,
      { id },
      { ...changes, ...(step.state && { state: step.state }), version: version + 1, updatedAt: new Date(this.now()) },
    );
    const changed = await this.readRevision(id);
    await this.recordChange(changed, entry.state, step);
    return changed;
  }

  /** Replaces the items of a revision. */
  async replaceItems(resource: CatalogueResource, items: readonly ItemRow[]): Promise<void> {
    await this.em.nativeDelete(CatalogueItem, { resource: resource.id });
    if (items.length === 0) return;
    const rows = items.map((item, at) => ({
      ...item,
      id: `${resource.id}#${item.coordinate ?? String(at + 1).padStart(4, '0')}`,
      resource: resource.id,
      code: resource.code,
    }));
    await this.em.insertMany(CatalogueItem, rows);
    await this.indexItems(resource, rows);
  }

  /** Ends a revision that a later one replaces; a search finds its items no more. */
  async supersede(entry: CatalogueResource, at: Date): Promise<void> {
    await this.em.nativeUpdate(CatalogueResource, { id: entry.id }, { supersededAt: at });
    await this.removeFromSearch(entry);
  }

  /** Lets a search find the items of an entry no more. */
  async removeFromSearch({ id }: CatalogueResource): Promise<void> {
    await catalogueTables(this.em)
      .updateTable('catalogue_item')
      .set({ words: null, grams: null })
      .where('resource', '=', id)
      .execute();
  }

  /** Changes of an entry since a version, as sentences. */
  async describeChangesSince({ code, revision }: CatalogueResource, version: number): Promise<string[]> {
    const changes = await this.em.find(
      CatalogueChange,
      { code, revision, version: { $gt: version } },
      { ...FRESH, orderBy: { id: 'asc' }, limit: 20 },
    );
    return changes.map(
      ({ at, person, department, act, toState }) => `${at.toISOString()} ${person ?? department}: ${act}, ${toState}.`,
    );
  }

  private readRevision(id: string): Promise<CatalogueResource> {
    return this.em.findOneOrFail(CatalogueResource, { id }, FRESH);
  }

  private async indexItems(resource: CatalogueResource, items: readonly (ItemRow & { id: string })[]): Promise<void> {
    const { name, abstract, library, provider, code } = resource;
    const department = (await namesOfDepartments(this.em, [provider])).get(provider);
    const rest = [abstract, library, department, provider, code].filter(Boolean).join(' ');
    const words: string[] = [];
    for (const item of items)
      words.push(
        await buildSearchVector({ name: item.name, resource: name, rest: `${item.coordinate ?? ''} ${rest}` }),
      );
    const pairs = items.map((item) => buildPairVector(`${name} ${item.name}`));
    const ids = items.map(({ id }) => id);
    const vectors = sql<{ id: string; words: string; grams: string }>`
      unnest(${ids}::text[], ${words}::text[]::tsvector[], ${pairs}::text[]::tsvector[])`;
    await catalogueTables(this.em)
      .updateTable('catalogue_item')
      .from(vectors.as<'found'>(sql`found (id, words, grams)`))
      .set((eb) => ({ words: eb.ref('found.words'), grams: eb.ref('found.grams') }))
      .whereRef('catalogue_item.id', '=', 'found.id')
      .execute();
  }

  private async recordChange(
    entry: CatalogueResource,
    fromState: CatalogueState | undefined,
    { act, reason, basis, attributes }: HistoryStep,
  ): Promise<void> {
    await catalogueTables(this.em)
      .insertInto('catalogue_change')
      .values({
        code: entry.code,
        revision: entry.revision,
        version: entry.version,
        at: new Date(this.now()),
        department: this.fetch.department,
        person: this.fetch.person ?? null,
        act,
        from_state: fromState ?? null,
        to_state: entry.state,
        reason: reason ?? null,
        basis: toJson<string[]>(basis ?? []),
        attributes: toJson<AttributeChange[]>(attributes ?? []),
      })
      .execute();
  }
}

/** A value for a column of JSON; the driver would write an array as an array of PostgreSQL. */
const toJson = <T>(value: Readonly<T> | readonly unknown[]) => sql<T>`${JSON.stringify(value)}::jsonb`;

/** The item without the revision that it stands in. */
export const toItemRow = ({ id: _id, resource: _resource, code: _code, ...item }: CatalogueItem): ItemRow => item;

/** The attributes that a new revision takes over from the one before it. */
const toResourceRow = ({
  id: _id,
  revision: _revision,
  version: _version,
  state: _state,
  process: _process,
  reviews: _reviews,
  updatedAt: _updatedAt,
  supersededAt: _supersededAt,
  submittedBy: _submittedBy,
  submittedAt: _submittedAt,
  publishedAt: _publishedAt,
  ...attributes
}: CatalogueResource): ResourceRow => attributes;
