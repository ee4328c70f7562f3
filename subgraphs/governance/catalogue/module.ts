import { type GovernanceModule, requirePermission } from '../core/index.js';
import { BatchResolver } from './bulk/batch.resolver.js';
import { BulkResolver } from './bulk/bulk.resolver.js';
import { CatalogueFile } from './bulk/catalogue-file.type.js';
import { CatalogueImport, CatalogueImportResult, ImportedEntry, ImportFault } from './bulk/catalogue-import.type.js';
import { CatalogueCoverage, UncataloguedItem } from './checks/catalogue-coverage.js';
import { CatalogueFinding } from './checks/catalogue-finding.js';
import { CoverageResolver } from './checks/coverage.resolver.js';
import { DepartmentFindingsResolver } from './checks/department-findings.resolver.js';
import { EntryFindings } from './checks/entry-findings.js';
import { AttributeChange, CatalogueChange } from './entry/catalogue-change.entity.js';
import { CatalogueItem } from './entry/catalogue-item.entity.js';
import { CatalogueResource } from './entry/catalogue-resource.entity.js';
import { CatalogueResult } from './entry/catalogue-result.js';
import { CatalogueResolver } from './entry/catalogue.resolver.js';
import { EntryResolver } from './entry/entry.resolver.js';
import { CatalogueDutyResult } from './maintenance/catalogue-duty-result.js';
import { CatalogueTask } from './maintenance/catalogue-task.entity.js';
import { CatalogueTaskResolver } from './maintenance/catalogue-task.resolver.js';
import { MaintenanceDuty } from './maintenance/maintenance-duty.js';
import { MaintenanceResolver } from './maintenance/maintenance.resolver.js';
import { PublishResolver } from './publish/publish.resolver.js';
import { RegistrationResult } from './publish/registration-result.js';
import { RegistrationResolver } from './publish/registration.resolver.js';
import { ReviewResolver } from './review/review.resolver.js';
import { CatalogueLibrary, CatalogueLibraryResolver } from './search/library.resolver.js';
import { SearchSynonym, SearchSynonymResult } from './search/search-synonym.entity.js';
import { SearchSynonymResolver } from './search/search-synonym.resolver.js';
import { CatalogueHit, CatalogueSearchResolver } from './search/search.resolver.js';
import { handOverCatalogue } from './hand-over.js';

/** The catalogue of data resources: described, checked, reviewed, published, searched and maintained. */
export const catalogue: GovernanceModule = {
  name: 'catalogue',
  resolvers: [
    CatalogueResolver,
    CatalogueSearchResolver,
    CatalogueLibraryResolver,
    RegistrationResolver,
    EntryResolver,
    ReviewResolver,
    PublishResolver,
    CatalogueTaskResolver,
    MaintenanceResolver,
    DepartmentFindingsResolver,
    CoverageResolver,
    BulkResolver,
    BatchResolver,
    SearchSynonymResolver,
  ],
  types: [
    CatalogueResource,
    CatalogueItem,
    CatalogueChange,
    AttributeChange,
    CatalogueTask,
    CatalogueFinding,
    CatalogueResult,
    RegistrationResult,
    CatalogueHit,
    CatalogueLibrary,
    MaintenanceDuty,
    CatalogueDutyResult,
    EntryFindings,
    UncataloguedItem,
    CatalogueCoverage,
    CatalogueFile,
    CatalogueImport,
    CatalogueImportResult,
    ImportedEntry,
    ImportFault,
    SearchSynonym,
    SearchSynonymResult,
  ],
  entities: [CatalogueResource, CatalogueItem, CatalogueChange, CatalogueTask, SearchSynonym],
  tables: [
    'catalogue_resource',
    'catalogue_item',
    'catalogue_change',
    'catalogue_task',
    'catalogue_maintenance',
    'published_item',
    'search_synonym',
  ],
  handOver: handOverCatalogue,
  permissions: {
    Query: {
      catalogueResources: requirePermission('catalogue:read'),
      catalogueResource: requirePermission('catalogue:read'),
      catalogueItems: requirePermission('catalogue:read'),
      catalogueFindings: requirePermission('catalogue:read'),
      catalogueHistory: requirePermission('catalogue:read'),
      departmentFindings: requirePermission('catalogue:read'),
      catalogueCoverage: requirePermission('catalogue:read'),
      searchCatalogue: requirePermission('catalogue:read'),
      searchSynonyms: requirePermission('catalogue:read'),
      catalogueLibraries: requirePermission('catalogue:read'),
      catalogueFile: requirePermission('catalogue:read'),
      catalogueTasks: requirePermission('catalogue:read'),
      maintenanceDuties: requirePermission('catalogue:read'),
    },
    Mutation: {
      registerCatalogue: requirePermission('catalogue:register'),
      createResource: requirePermission('catalogue:edit'),
      describeResource: requirePermission('catalogue:edit'),
      importCatalogue: requirePermission('catalogue:edit'),
      submitResources: requirePermission('catalogue:submit'),
      examineSecrecyOfResources: requirePermission('catalogue:examine-secrecy'),
      reviewResources: requirePermission('catalogue:review'),
      publishResources: requirePermission('catalogue:publish'),
      submitResource: requirePermission('catalogue:submit'),
      examineSecrecy: requirePermission('catalogue:examine-secrecy'),
      reviewResource: requirePermission('catalogue:review'),
      publishResource: requirePermission('catalogue:publish'),
      suspendResource: requirePermission('catalogue:suspend'),
      resumeResource: requirePermission('catalogue:suspend'),
      withdrawResource: requirePermission('catalogue:withdraw'),
      reportChange: requirePermission('catalogue:report-change'),
      setSynonym: requirePermission('catalogue:keep-synonyms'),
      removeSynonym: requirePermission('catalogue:keep-synonyms'),
      confirmMaintenance: requirePermission('catalogue:maintain'),
    },
  },
};
