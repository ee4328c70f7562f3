import { may } from '../may.js';
import { AttributeChange, CatalogueChange } from './catalogue-change.entity.js';
import { CatalogueItem } from './catalogue-item.entity.js';
import { CatalogueResource } from './catalogue-resource.entity.js';
import { CatalogueFinding, CatalogueResult, RegistrationResult } from './catalogue-result.js';
import { CatalogueTask } from './catalogue-task.entity.js';
import { CatalogueResolver, CatalogueResourcePage } from './catalogue.resolver.js';
import { CatalogueDutiesResolver } from './duties.resolver.js';
import { CatalogueDutyResult, CatalogueTaskPage, MaintenanceDuty } from './duty-result.js';
import { EntryResolver } from './entry.resolver.js';
import { MaintenanceResolver } from './maintenance.resolver.js';
import { PublishResolver } from './publish.resolver.js';
import { RegistrationResolver } from './registration.resolver.js';
import { ReviewResolver } from './review.resolver.js';
import { CatalogueHit, CatalogueSearchResolver } from './search.resolver.js';
import { CatalogueCoverage, EntryFindings, EntryFindingsPage, UncataloguedItem } from './survey-result.js';
import { SurveyResolver } from './survey.resolver.js';

/** The catalogue: what the subgraph serves of it. */
export const catalogue = {
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
  permissions: {
    Query: {
      catalogueResources: may('catalogue:read'),
      catalogueResource: may('catalogue:read'),
      catalogueFindings: may('catalogue:read'),
      catalogueHistory: may('catalogue:read'),
      departmentFindings: may('catalogue:read'),
      catalogueCoverage: may('catalogue:read'),
      searchCatalogue: may('catalogue:read'),
      catalogueTasks: may('catalogue:read'),
      maintenanceDuties: may('catalogue:read'),
    },
    Mutation: {
      registerCatalogue: may('catalogue:register'),
      createResource: may('catalogue:edit'),
      describeResource: may('catalogue:edit'),
      submitResource: may('catalogue:submit'),
      examineSecrecy: may('catalogue:examine-secrecy'),
      reviewResource: may('catalogue:review'),
      publishResource: may('catalogue:publish'),
      suspendResource: may('catalogue:suspend'),
      resumeResource: may('catalogue:suspend'),
      withdrawResource: may('catalogue:withdraw'),
      reportChange: may('catalogue:report-change'),
      confirmMaintenance: may('catalogue:maintain'),
    },
  },
} as const;
