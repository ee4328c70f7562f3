import { type GovernanceModule, requirePermission } from '../core/index.js';
import { ApplicationEvent } from './draft/application-event.entity.js';
import { ApplicationForm, UncataloguedNeed } from './draft/application-form.js';
import {
  ApplicationFinding,
  ApplicationPage,
  ApplicationResult,
  TrackPage,
  TrackResult,
} from './draft/application-result.js';
import { ApplicationResolver } from './draft/application.resolver.js';
import { ApplicationTrack } from './review/provider-review.entity.js';
import { CitedProvision, TrackDecision } from './review/decision.type.js';
import { DisputeResolver } from './dispute/dispute.resolver.js';
import { ShareApplication } from './draft/share-application.entity.js';
import { SharedTerms } from './draft/terms.type.js';
import { TrackFieldsResolver } from './review/review-fields.resolver.js';
import { TrackStep, TrackTime } from './review/review-step.type.js';
import { RenewalResolver } from './renewal/renewal.resolver.js';
import { TrackResolver } from './review/review.resolver.js';

/** Applications and their review: what of them is in the graph. */
export const application: GovernanceModule = {
  name: 'application',
  resolvers: [ApplicationResolver, TrackResolver, TrackFieldsResolver, DisputeResolver, RenewalResolver],
  types: [
    ...[ShareApplication, ApplicationTrack, ApplicationEvent, ApplicationForm, UncataloguedNeed, SharedTerms],
    ...[ApplicationFinding, ApplicationResult, ApplicationPage, TrackResult, TrackPage],
    ...[TrackDecision, CitedProvision, TrackStep, TrackTime],
  ],
  entities: [ShareApplication, ApplicationTrack, ApplicationEvent],
  tables: ['share_application', 'application_track', 'application_event'],
  permissions: {
    Query: {
      applications: requirePermission('application:read'),
      application: requirePermission('application:read'),
      applicationTrack: requirePermission('application:read'),
      myTasks: requirePermission('application:read'),
      overdueAnswers: requirePermission('application:read'),
    },
    Mutation: {
      startApplication: requirePermission('application:make'),
      changeApplication: requirePermission('application:make'),
      submitApplication: requirePermission('application:make'),
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
