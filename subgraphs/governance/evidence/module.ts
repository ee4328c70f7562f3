import { type GovernanceModule, requirePermission } from '../core/index.js';
import { Act, ActConnection } from './act.js';
import { ActResolver } from './act.resolver.js';
import { DayFigure, DepartmentFigure, ScenarioFigure } from './figure.js';
import { FigureResolver } from './figure.resolver.js';
import { UseSealConnection } from './seal/seal-connection.js';
import { SealResolver } from './seal/seal.resolver.js';
import { SealResult, UseSeal } from './seal/use-seal.entity.js';
import { SubjectUse, SubjectUseConnection } from './subject-use.js';
import { SubjectUsesResolver } from './subject-uses.resolver.js';
import { RegisteredItem, Registration, TimelineEntry, TimelineConnection } from './timeline-entry.js';
import { TimelineResolver } from './timeline.resolver.js';
import { DeniedItem, RowCount, Use, UseApproval, UseConsent, UsedItem, UseConnection } from './use.js';
import { UseResolver } from './use.resolver.js';
import { handOverSeals } from './hand-over.js';

/** Uses, acts and figures as departments, auditors and citizens' desks read them, and the sealing of uses. */
export const evidence: GovernanceModule = {
  name: 'evidence',
  resolvers: [UseResolver, ActResolver, TimelineResolver, FigureResolver, SubjectUsesResolver, SealResolver],
  types: [
    Use,
    UseConnection,
    UsedItem,
    DeniedItem,
    UseApproval,
    UseConsent,
    RowCount,
    Act,
    ActConnection,
    TimelineEntry,
    TimelineConnection,
    Registration,
    RegisteredItem,
    DayFigure,
    DepartmentFigure,
    ScenarioFigure,
    SubjectUse,
    SubjectUseConnection,
    UseSeal,
    UseSealConnection,
    SealResult,
  ],
  entities: [UseSeal],
  tables: ['use_seal'],
  handOver: handOverSeals,
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
