import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { JSONColumnType } from 'kysely';
import type { ItemFacts } from '../../../shared/share/quality/quality-items.js';
import type { QualityRule as Definition } from '../../../shared/share/quality/quality-rule.js';
import { type Database, openTables } from '../core/index.js';
import type { QualityItem } from './items/quality-item.entity.js';
import type { QualityRule } from './rule/quality-rule.entity.js';
import type { QualityResult } from './run/quality-result.entity.js';
import type { QualityRun } from './run/quality-run.entity.js';
import type { ResourceQuality } from './run/resource-quality.entity.js';
import type { Rates } from './run/score.rule.js';
import type { QualityTicket } from './ticket/quality-ticket.entity.js';

type EntityTables = InferClassEntityDB<
  | typeof QualityItem
  | typeof QualityRule
  | typeof QualityResult
  | typeof QualityRun
  | typeof ResourceQuality
  | typeof QualityTicket
>;
export type QualityTables = Omit<
  EntityTables,
  'quality_item' | 'quality_rule' | 'quality_run' | 'resource_quality' | 'quality_ticket'
> & {
  quality_item: Omit<EntityTables['quality_item'], 'facts'> & { facts: JSONColumnType<ItemFacts> };
  quality_rule: Omit<EntityTables['quality_rule'], 'definition'> & { definition: JSONColumnType<Definition> };
  quality_run: Omit<EntityTables['quality_run'], 'rates'> & { rates: JSONColumnType<Rates> };
  resource_quality: Omit<EntityTables['resource_quality'], 'rates'> & { rates: JSONColumnType<Rates> };
  quality_ticket: EntityTables['quality_ticket'] & { due_at: Date; due_provisional: boolean };
};

export const qualityTables = (database: Database) => openTables<QualityTables>(database);
