import type { EntityManager } from '@mikro-orm/postgresql';
import { nextNumber } from '../core/index.js';
import { DataSource } from './data-source.entity.js';
import { sourceTables } from './tables.js';

type NewSource = Omit<
  DataSource,
  | 'id'
  | 'state'
  | 'found'
  | 'hasOwnCertificate'
  | 'faults'
  | 'faultsTold'
  | 'confirmedAt'
  | 'confirmedBy'
  | 'endedAt'
  | 'faultsSince'
>;

/** Rows of `data_source` and their sealed credentials. */
export class SourceStore {
  constructor(private readonly em: EntityManager) {}

  find(where: Partial<Pick<DataSource, 'id' | 'department' | 'name' | 'state'>>): Promise<DataSource | null> {
    return this.em.findOne(DataSource, where, { disableIdentityMap: true });
  }

  count(department: string): Promise<number> {
    return this.em.count(DataSource, { department, state: 'ACTIVE' });
  }

  countSince(department: string, since: Date): Promise<number> {
    return this.em.count(DataSource, { department, submittedAt: { $gt: since } });
  }

  /** Stores a source that another person confirms. One of the same name that waits is replaced by it. */
  async add(source: NewSource, credential: string | undefined): Promise<DataSource> {
    const { department, name } = source;
    await this.close({ department, name, state: 'PENDING' }, 'REPLACED');
    const id = await nextNumber(this.em, 'data_source_number', 'S');
    await this.em.insert(DataSource, { ...source, id, state: 'PENDING', faults: [], faultsTold: [] });
    if (credential !== undefined)
      await sourceTables(this.em).insertInto('source_credential').values({ source: id, sealed: credential }).execute();
    return (await this.find({ id }))!;
  }

  /** Puts a source in force in place of the one of its name. */
  async confirm({ id, department, name }: DataSource, confirmedBy: string, confirmedAt: Date): Promise<DataSource> {
    await this.close({ department, name, state: 'ACTIVE' }, 'REPLACED', confirmedAt);
    await this.em.nativeUpdate(DataSource, { id }, { state: 'ACTIVE', confirmedBy, confirmedAt });
    return (await this.find({ id }))!;
  }

  async end({ id }: DataSource, endedAt: Date): Promise<DataSource> {
    await this.close({ id }, 'ENDED', endedAt);
    return (await this.find({ id }))!;
  }

  /** A source that is over keeps no credential. */
  private async close(
    where: Partial<Pick<DataSource, 'id' | 'department' | 'name' | 'state'>>,
    state: 'REPLACED' | 'ENDED',
    endedAt?: Date,
  ): Promise<void> {
    const closed = await this.em.find(DataSource, where, { disableIdentityMap: true });
    const ids = closed.map(({ id }) => id);
    if (ids.length === 0) return;
    await sourceTables(this.em).deleteFrom('source_credential').where('source', 'in', ids).execute();
    await this.em.nativeUpdate(DataSource, { id: { $in: ids } }, { state, ...(endedAt && { endedAt }) });
  }
}
