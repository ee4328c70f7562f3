import { type GovernanceModule, requirePermission } from '../core/index.js';
import { AttributeChange, CatalogueChange } from './entry/catalogue-change.entity.js';
import { CatalogueItem } from './entry/catalogue-item.entity.js';
import { CatalogueResource } from './entry/catalogue-resource.entity.js';
import { CatalogueFinding, CatalogueResult, RegistrationResult } from './entry/catalogue-result.js';
import { CatalogueTask } from './review/catalogue-task.entity.js';
import { CatalogueResolver, CatalogueResourcePage } from './entry/catalogue.resolver.js';
import { CatalogueDutiesResolver } from './maintenance/duties.resolver.js';
import { CatalogueDutyResult, CatalogueTaskPage, MaintenanceDuty } from './maintenance/duty-result.js';
import { EntryResolver } from './entry/entry.resolver.js';
import { MaintenanceResolver } from './maintenance/maintenance.resolver.js';
import { PublishResolver } from './publish/publish.resolver.js';
import { RegistrationResolver } from './publish/registration.resolver.js';
import { ReviewResolver } from './review/review.resolver.js';
import { CatalogueHit, CatalogueSearchResolver } from './search/search.resolver.js';
import { CatalogueCoverage, EntryFindings, EntryFindingsPage, UncataloguedItem } from './checks/survey-result.js';
import { SurveyResolver } from './checks/survey.resolver.js';

/** The catalogue: what the subgraph serves of it. */
export const catalogue: GovernanceModule = {
  name: 'catalogue',
  resolvers: [
    ...[CatalogueResolver, CatalogueSearchResolver, RegistrationResolver, EntryResolver],
    ...[ReviewResolver, PublishResolver, CatalogueDutiesResolver, MaintenanceResolver, SurveyResolver],
  ],
  types: [
    ...[CatalogueResource, CatalogueItem, CatalogueChange, AttributeChange, CatalogueTask, CatalogueResourcePage],
    ...[CatalogueFinding, CatalogueResult, RegistrationResult, CatalogueHit, CatalogueTaskPage, MaintenanceDuty],
    ...[CatalogueDutyResult, EntryFindings, EntryFindingsPage, UncataloguedItem, CatalogueCoverage],
  ],
  entities: [CatalogueResource, CatalogueItem, CatalogueChange, CatalogueTask],
  tables: [
    'catalogue_resource',
    'catalogue_item',
    'catalogue_change',
    'catalogue_task',
    'catalogue_maintenance',
    'published_item',
  ],
  permissions: {
    Query: {
      catalogueResources: requirePermission('catalogue:read'),
      catalogueResource: requirePermission('catalogue:read'),
      catalogueFindings: requirePermission('catalogue:read'),
      catalogueHistory: requirePermission('catalogue:read'),
      departmentFindings: requirePermission('catalogue:read'),
      catalogueCoverage: requirePermission('catalogue:read'),
      searchCatalogue: requirePermission('catalogue:read'),
      catalogueTasks: requirePermission('catalogue:read'),
      maintenanceDuties: requirePermission('catalogue:read'),
    },
    Mutation: {
      registerCatalogue: requirePermission('catalogue:register'),
      createResource: requirePermission('catalogue:edit'),
      describeResource: requirePermission('catalogue:edit'),
      submitResource: requirePermission('catalogue:submit'),
      examineSecrecy: requirePermission('catalogue:examine-secrecy'),
      reviewResource: requirePermission('catalogue:review'),
      publishResource: requirePermission('catalogue:publish'),
      suspendResource: requirePermission('catalogue:suspend'),
      resumeResource: requirePermission('catalogue:suspend'),
      withdrawResource: requirePermission('catalogue:withdraw'),
      reportChange: requirePermission('catalogue:report-change'),
      confirmMaintenance: requirePermission('catalogue:maintain'),
    },
  },
};
