import type { JWK } from 'jose';
import type { ColumnType, Generated, GeneratedAlways, Kysely } from 'kysely';
import type { EvidenceTables } from '../../../shared/evidence/store/index.js';
import { openTables, type Database } from '../core/index.js';
import type { DeliveryFailure } from './delivery/delivery.js';
import type { StreamName } from './delivery/stream-name.js';
import type { SubscriptionState } from './delivery/subscription-state.js';
import type { TargetKind } from './delivery/target.rule.js';

type Bigint = ColumnType<string, string | number, string | number>;

interface SubscriptionTable {
  readonly number: GeneratedAlways<number>;
  readonly id: GeneratedAlways<string>;
  readonly department: string;
  readonly kind: TargetKind;
  readonly target: string;
  /** Encrypted for the worker. */
  readonly secret: string | null;
  readonly position: Bigint;
  readonly delivered_to: Bigint;
  readonly pending_from: Bigint | null;
  readonly pending_to: Bigint | null;
  readonly pending_id: string | null;
  readonly state: Generated<SubscriptionState>;
  readonly reason: DeliveryFailure | null;
  readonly since: Generated<Date>;
  readonly failures: Generated<number>;
  readonly retry_at: Date | null;
  readonly created_by: string;
  readonly created_at: GeneratedAlways<Date>;
  readonly ended_at: Date | null;
  readonly stream: StreamName;
}
interface DeliveryTable {
  readonly number: GeneratedAlways<string>;
  readonly subscription: number;
  readonly at: Date;
  readonly id: string;
  readonly from_position: Bigint;
  readonly to_position: Bigint;
  readonly records: number;
  readonly status: number | null;
  readonly milliseconds: number;
  readonly error: DeliveryFailure | null;
}
/** One row: what the worker that started last allows. */
interface PushOfferTable {
  readonly one: Generated<boolean>;
  readonly origins: string[];
  readonly files: boolean;
  readonly key: ColumnType<JWK, string, string>;
  readonly stated_at: Generated<Date>;
}

/** The room's own tables, and those of shared/evidence, from which deliveries are read. */
export interface SubscriptionTables extends EvidenceTables {
  'evidence.subscription': SubscriptionTable;
  'evidence.delivery': DeliveryTable;
  'evidence.push_offer': PushOfferTable;
}
export type SubscriptionDatabase = Kysely<SubscriptionTables>;

export const subscriptionTables = (database: Database): SubscriptionDatabase =>
  openTables<SubscriptionTables>(database);
