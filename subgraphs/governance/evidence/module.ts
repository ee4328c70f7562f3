import { type GovernanceModule, requirePermission } from '../core/index.js';
import { ActEntry, ActPage } from './act-entry.js';
import { ActResolver } from './act.resolver.js';
import { DayFigure, DepartmentFigure, ScenarioFigure } from './figure.js';
import { FigureResolver } from './figure.resolver.js';
import { SealPage } from './seal/seal-page.js';
import { SealResolver } from './seal/seal.resolver.js';
import { SealResult, UseSeal } from './seal/use-seal.entity.js';
import { SubjectUse, SubjectUses } from './subject-uses.js';
import { SubjectUsesResolver } from './subject-uses.resolver.js';
import { RegisteredItem, Registration, TimelineEntry, TimelinePage } from './timeline-entry.js';
import { TimelineResolver } from './timeline.resolver.js';
import { DeniedItem, RowCount, Use, UseApproval, UsedItem, UsePage } from './use.js';
import { UseResolver } from './use.resolver.js';

/** Uses, acts and figures as departments, auditors and citizens' desks read them, and the sealing of uses. */
export const evidence: GovernanceModule = {
  name: 'evidence',
  resolvers: [...[UseResolver, ActResolver, TimelineResolver, FigureResolver, SubjectUsesResolver, SealResolver]],
  types: [
    ...[Use, UsePage, UsedItem, DeniedItem, UseApproval, RowCount],
    ...[ActEntry, ActPage, TimelineEntry, TimelinePage, Registration, RegisteredItem],
    ...[DayFigure, DepartmentFigure, ScenarioFigure],
    ...[SubjectUse, SubjectUses, UseSeal, SealPage, SealResult],
  ],
  entities: [UseSeal],
  tables: ['use_seal'],
  permissions: {
    Query: {
      uses: requirePermission('evidence:uses'),
      usesPerDay: requirePermission('evidence:uses'),
      usesByDepartment: requirePermission('evidence:uses'),
      usesByScenario: requirePermission('evidence:uses'),
      topUsers: requirePermission('evidence:uses'),
      unusedItems: requirePermission('evidence:uses'),
      timeline: requirePermission('evidence:uses'),
      acts: requirePermission('evidence:acts'),
      subjectUses: requirePermission('evidence:answer-citizens'),
      seals: requirePermission('evidence:read-seals'),
    },
    Mutation: { sealUses: requirePermission('evidence:seal'), unsealUses: requirePermission('evidence:seal') },
  },
};
