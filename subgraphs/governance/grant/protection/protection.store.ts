import type { EntityManager } from '@mikro-orm/postgresql';
import type { SubjectHash } from '../../../../shared/evidence/keys/index.js';
import { nextNumber } from '../../core/index.js';
import { type ProtectionState, SubjectProtection } from './subject-protection.entity.js';

type NewProtection = Pick<
  SubjectProtection,
  | ('owner' | 'kind' | 'sealed' | 'subjectKey' | 'subjectHash' | 'purposes' | 'reference' | 'reason' | 'basis')
  | ('until' | 'proposedAt' | 'proposedBy')
>;

/** States in which a protection withholds. */
export const IN_FORCE = ['IN_FORCE', 'END_PROPOSED'] as const satisfies readonly ProtectionState[];

/** Rows of `subject_protection`. The database's triggers tell the gateways of every change in the transaction that makes it. */
export class ProtectionStore {
  constructor(private readonly em: EntityManager) {}

  find(id: string): Promise<SubjectProtection | null> {
    return this.em.findOne(SubjectProtection, { id }, { disableIdentityMap: true });
  }

  /** Protections of a subject by an owner that have not ended by a decision. */
  findOf(owner: string, hashes: readonly SubjectHash[]): Promise<SubjectProtection[]> {
    const known = hashes.map(({ key, hash }) => ({ subjectKey: key, subjectHash: hash }));
    return this.em.find(
      SubjectProtection,
      { owner, $or: known, state: { $in: ['PROPOSED', ...IN_FORCE] } },
      { disableIdentityMap: true },
    );
  }

  /** Protections of an owner that have not ended by a decision. */
  count(owner: string): Promise<number> {
    return this.em.count(SubjectProtection, { owner, state: { $in: ['PROPOSED', ...IN_FORCE] } });
  }

  async add(protection: NewProtection): Promise<SubjectProtection> {
    const id = await nextNumber(this.em, 'subject_protection_number', 'PT');
    await this.em.insert(SubjectProtection, { ...protection, id, state: 'PROPOSED' });
    return (await this.find(id))!;
  }

  async change(id: string, change: Partial<SubjectProtection>): Promise<SubjectProtection> {
    await this.em.nativeUpdate(SubjectProtection, { id }, change);
    return (await this.find(id))!;
  }
}
