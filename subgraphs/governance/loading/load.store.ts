import type { EntityManager } from '@mikro-orm/postgresql';
import { nextNumber } from '../core/index.js';
import { Load } from './load.entity.js';
import { Loader } from './loader.entity.js';

export type NewLoad = Pick<
  Load,
  | 'subgraph'
  | 'type'
  | 'department'
  | 'key'
  | 'sha256'
  | 'bytes'
  | 'fileName'
  | 'format'
  | 'mode'
  | 'mostRejected'
  | 'state'
  | 'content'
  | 'announcedAt'
  | 'announcedBy'
  | 'system'
>;
export type NewLoader = Pick<Loader, 'subgraph' | 'department' | 'loader' | 'givenAt' | 'givenBy'>;

/** Rows of `load` and `loader`. */
export class LoadStore {
  constructor(private readonly em: EntityManager) {}

  find(where: Partial<Pick<Load, 'id' | 'subgraph' | 'type' | 'key'>>): Promise<Load | null> {
    return this.em.findOne(Load, where, { disableIdentityMap: true });
  }

  async add(load: NewLoad): Promise<Load> {
    const id = await nextNumber(this.em, 'load_number', 'L');
    await this.em.insert(Load, { ...load, id });
    return (await this.find({ id }))!;
  }

  /** Loads of a department that have not ended. */
  countOpen(department: string): Promise<number> {
    return this.em.count(Load, { department, endedAt: null });
  }

  findLoader(where: Partial<Pick<Loader, 'id' | 'subgraph' | 'department' | 'loader'>>): Promise<Loader | null> {
    return this.em.findOne(Loader, { ...where, withdrawnAt: null }, { disableIdentityMap: true });
  }

  async addLoader(loader: NewLoader): Promise<Loader> {
    const id = await nextNumber(this.em, 'loader_number', 'N');
    await this.em.insert(Loader, { ...loader, id });
    return (await this.findLoader({ id }))!;
  }

  async withdrawLoader(id: string, withdrawnAt: Date): Promise<Loader> {
    await this.em.nativeUpdate(Loader, { id }, { withdrawnAt });
    return this.em.findOneOrFail(Loader, { id }, { disableIdentityMap: true });
  }
}
