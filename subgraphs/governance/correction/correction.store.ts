import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type SqlBool } from 'kysely';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import { nextNumber } from '../core/index.js';
import { Correction } from './correction.entity.js';
import type { CorrectionState } from './correction-state.rule.js';
import { saveState, type ChangedColumns, type Days } from './save-state.js';
import { correctionTables } from './tables.js';

export type NewCorrection = Pick<
  Correction,
  | 'id'
  | 'kind'
  | 'department'
  | 'reporter'
  | 'onBehalf'
  | 'provider'
  | 'subjectKind'
  | 'hashes'
  | 'sealed'
  | 'items'
  | 'description'
  | 'process'
  | 'errorSince'
>;

/** Rows of `correction`. */
export class CorrectionStore {
  constructor(
    private readonly em: EntityManager,
    private readonly days: Days,
  ) {}

  find(id: string): Promise<Correction | null> {
    return this.em.findOne(Correction, { id }, { disableIdentityMap: true });
  }

  nextId(): Promise<string> {
    return nextNumber(this.em, 'correction_number', 'K');
  }

  async add(correction: NewCorrection, state: CorrectionState): Promise<Correction> {
    const { status, version, since } = state;
    await this.em.insert(Correction, {
      ...correction,
      ...{ status, version, state, waitsOn: [], dueProvisional: false },
      ...{ reportedAt: new Date(state.times.reported), since: new Date(since) },
    });
    await saveState(this.em, { ...correction, acceptedAt: null }, state, this.days);
    return (await this.find(correction.id))!;
  }

  /** Stores a new state.
   *  @param more  columns that change with it */
  async save(row: Correction, state: CorrectionState, more: ChangedColumns = {}): Promise<Correction> {
    await saveState(this.em, row, state, this.days, more);
    return (await this.find(row.id))!;
  }

  /** The open correction that a department has reported on one of the items of the subject. */
  async findSame(
    department: string,
    hashes: readonly SubjectHash[],
    items: readonly string[],
  ): Promise<string | undefined> {
    const row = await correctionTables(this.em)
      .selectFrom('correction')
      .select('id')
      .where('department', '=', department)
      .where('closed_at', 'is', null)
      .where((eb) => sql<SqlBool>`${eb.ref('items')} && ${[...items]}::text[]`)
      .where((eb) => eb.or(hashes.map((hash) => sql<SqlBool>`${eb.ref('hashes')} @> ${JSON.stringify([hash])}::jsonb`)))
      .orderBy('id')
      .executeTakeFirst();
    return row?.id;
  }

  /** Corrections that a department has reported and that are open. */
  countOpen(department: string): Promise<number> {
    return this.em.count(Correction, { department, closedAt: null });
  }
}
