import { type GovernanceModule, requirePermission } from '../core/index.js';
import { ApplicationEvent } from './draft/application-event.entity.js';
import { ApplicationForm, UncataloguedNeed } from './draft/application-form.js';
import { ApplicationFinding, ApplicationResult, ShareApplicationConnection } from './draft/application-result.js';
import { ApplicationResolver } from './draft/application.resolver.js';
import { ProviderReview } from './review/provider-review.entity.js';
import { CitedProvision, ReviewDecision } from './review/decision.type.js';
import { ApplicationFile, ApplicationFileResult } from './files/application-file.entity.js';
import { ApplicationFileResolver } from './files/application-file.resolver.js';
import { DisputeResolver } from './dispute/dispute.resolver.js';
import { ShareApplication } from './draft/share-application.entity.js';
import { SharedTerms } from './draft/terms.type.js';
import { ProviderReviewFieldsResolver } from './review/provider-review-fields.resolver.js';
import { ReviewStep } from './review/review-step.type.js';
import { ReviewTime } from './review/review-time.type.js';
import { RenewalResolver } from './renewal/renewal.resolver.js';
import { ProviderReviewConnection, ProviderReviewResult } from './review/provider-review-result.js';
import { ProviderReviewResolver } from './review/provider-review.resolver.js';
import { handOverApplications } from './hand-over.js';

/** Applications of departments and the reviews of their providers. */
export const application: GovernanceModule = {
  name: 'application',
  resolvers: [
    ApplicationResolver,
    ProviderReviewResolver,
    ProviderReviewFieldsResolver,
    DisputeResolver,
    RenewalResolver,
    ApplicationFileResolver,
  ],
  types: [
    ShareApplication,
    ShareApplicationConnection,
    ApplicationForm,
    UncataloguedNeed,
    ApplicationEvent,
    ApplicationFinding,
    ApplicationResult,
    ProviderReview,
    ProviderReviewConnection,
    ProviderReviewResult,
    SharedTerms,
    ReviewDecision,
    CitedProvision,
    ReviewStep,
    ReviewTime,
    ApplicationFile,
    ApplicationFileResult,
  ],
  entities: [ShareApplication, ProviderReview, ApplicationEvent, ApplicationFile],
  tables: ['share_application', 'application_track', 'application_event', 'application_file'],
  handOver: handOverApplications,
  permissions: {
    Query: {
      applications: requirePermission('application:read'),
      application: requirePermission('application:read'),
      providerReview: requirePermission('application:read'),
      myTasks: requirePermission('application:read'),
      overdueAnswers: requirePermission('application:read'),
    },
    Mutation: {
      startApplication: requirePermission('application:make'),
      changeApplication: requirePermission('application:make'),
      submitApplication: requirePermission('application:make'),
      attachToApplication: requirePermission('application:make'),
      renewGrant: requirePermission('application:make'),
      withdrawApplication: requirePermission('application:make'),
      objectToRefusal: requirePermission('application:make'),
      decideApplication: requirePermission('application:decide'),
      extendAnswer: requirePermission('application:decide'),
      consentToExtension: requirePermission('application:decide'),
      recordNegotiation: requirePermission('application:negotiate'),
      coordinateApplication: requirePermission('application:coordinate'),
      fulfilRequest: requirePermission('application:decide'),
      escalateAnswer: requirePermission('application:escalate'),
    },
  },
};
