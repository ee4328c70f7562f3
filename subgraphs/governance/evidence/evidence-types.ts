import { SealPage } from '../seal/seal-page.js';
import { SealResult, UseSeal } from '../seal/use-seal.entity.js';
import { ActEntry, ActPage } from './act-entry.js';
import { DayFigure, DepartmentFigure, ScenarioFigure } from './figure.js';
import { SubjectUse, SubjectUses } from './subject-uses.js';
import { RegisteredItem, Registration, TimelineEntry, TimelinePage } from './timeline-entry.js';
import { DeniedItem, RowCount, Use, UseApproval, UsedItem, UsePage } from './use.js';

/** Every type in which evidence is read. */
export const evidenceTypes = [
  ...[Use, UsePage, UsedItem, DeniedItem, UseApproval, RowCount],
  ...[ActEntry, ActPage, TimelineEntry, TimelinePage, Registration, RegisteredItem],
  ...[DayFigure, DepartmentFigure, ScenarioFigure],
  ...[SubjectUse, SubjectUses, UseSeal, SealPage, SealResult],
];
