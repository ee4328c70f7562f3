import type { EntityManager } from '@mikro-orm/postgresql';
import { readPromisedItems } from '../../../shared/share/last-days.js';
import { nextNumber } from '../core/index.js';
import { SubgraphVersion } from './subgraph-version.entity.js';
import { registryTables } from './tables.js';

export type NewVersion = Pick<
  SubgraphVersion,
  'subgraph' | 'kind' | 'department' | 'url' | 'sdl' | 'declaration' | 'note' | 'submittedAt' | 'submittedBy'
>;

/** Rows of `subgraph_version`. A row never changes but in its state; the database sees to it. */
export class VersionStore {
  constructor(private readonly em: EntityManager) {}

  find(where: Partial<Pick<SubgraphVersion, 'id' | 'subgraph' | 'number' | 'state'>>): Promise<SubgraphVersion | null> {
    return this.em.findOne(SubgraphVersion, where, { disableIdentityMap: true });
  }

  /** Stores a version to be checked. One of the subgraph that waits to be published is replaced by it. */
  async add(version: NewVersion): Promise<SubgraphVersion> {
    const { subgraph } = version;
    const open = { subgraph, state: { $in: ['PENDING', 'CHECKED'] as const } };
    await this.em.nativeUpdate(SubgraphVersion, open, { state: 'REPLACED' });
    const { last } = await registryTables(this.em)
      .selectFrom('subgraph_version')
      .select((eb) => eb.fn.max('number').as('last'))
      .where('subgraph', '=', subgraph)
      .executeTakeFirstOrThrow();
    const id = await nextNumber(this.em, 'subgraph_version_number', 'V');
    const promised = version.sdl == null ? [] : readPromisedItems(version.sdl);
    const ofItems = promised.length > 0 ? { promised } : {};
    await this.em.insert(SubgraphVersion, { ...version, ...ofItems, id, number: (last ?? 0) + 1, state: 'PENDING' });
    return (await this.find({ id }))!;
  }

  /** Puts a version in force in place of the one before. */
  async publish({ id, subgraph }: SubgraphVersion, publishedBy: string, publishedAt: Date): Promise<SubgraphVersion> {
    await this.em.nativeUpdate(SubgraphVersion, { subgraph, state: 'PUBLISHED' }, { state: 'SUPERSEDED' });
    await this.em.nativeUpdate(SubgraphVersion, { id }, { state: 'PUBLISHED', publishedBy, publishedAt });
    return (await this.find({ id }))!;
  }

  /** Published versions; the retirement of a subgraph is one of them. */
  async findPublished(): Promise<{ id: string; subgraph: string }[]> {
    return registryTables(this.em)
      .selectFrom('subgraph_version')
      .select(['id', 'subgraph'])
      .where('state', '=', 'PUBLISHED')
      .execute();
  }

  async countSince(subgraph: string, since: Date): Promise<number> {
    return this.em.count(SubgraphVersion, { subgraph, submittedAt: { $gt: since } });
  }
}
