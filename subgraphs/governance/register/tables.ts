import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { ColumnType, GeneratedAlways } from 'kysely';
import type { Succession } from '../../../shared/share/succession/succession.js';
import { type Database, openTables } from '../core/index.js';
import type { Department } from './department/department.entity.js';
import type { Duty } from './duty/duty.entity.js';
import type { Appointment } from './officer/appointment.entity.js';
import type { Officer } from './officer/officer.entity.js';
import type { SubgraphPublisher } from './publisher/subgraph-publisher.entity.js';
import type { Scenario } from './scenario/scenario.entity.js';
import type { Reform } from './reform/reform.entity.js';
import type { RegisteredSystem } from './system/registered-system.entity.js';

interface SavedQueryTable {
  readonly id: string;
  /** Subject of the person. */
  readonly owner: string;
  /** The owner's when they last saved it; a shared one stays with it. */
  readonly department: string;
  readonly name: string;
  readonly text: string;
  readonly scenario: string | null;
  readonly shared: boolean;
  readonly saved_at: ColumnType<Date, Date | undefined, Date>;
}

/** What went from one department to another in reforms, for good. */
interface SuccessionTable {
  readonly position: GeneratedAlways<string>;
  readonly reform: string;
  readonly kind: Succession['kind'];
  readonly id: string;
  readonly from_department: string;
  readonly to_department: string;
  readonly at: Date;
}

/** Columns of the register's tables. */
export type RegisterTables = InferClassEntityDB<
  | typeof Department
  | typeof RegisteredSystem
  | typeof Officer
  | typeof Appointment
  | typeof Duty
  | typeof Scenario
  | typeof SubgraphPublisher
  | typeof Reform
> & { readonly saved_query: SavedQueryTable; readonly department_succession: SuccessionTable };

export const registerTables = (database: Database) => openTables<RegisterTables>(database);
