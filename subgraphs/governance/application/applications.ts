import { may } from '../may.js';
import { ApplicationEvent } from './application-event.entity.js';
import { ApplicationForm, UncataloguedNeed } from './application-form.js';
import {
  ApplicationFinding,
  ApplicationPage,
  ApplicationResult,
  TrackPage,
  TrackResult,
} from './application-result.js';
import { ApplicationResolver } from './application.resolver.js';
import { ApplicationTrack } from './application-track.entity.js';
import { CitedProvision, TrackDecision } from './decision.type.js';
import { DisputeResolver } from './dispute.resolver.js';
import { ShareApplication } from './share-application.entity.js';
import { SharedTerms } from './terms.type.js';
import { TrackFieldsResolver } from './track-fields.resolver.js';
import { TrackStep, TrackTime } from './track-step.type.js';
import { TrackResolver } from './track.resolver.js';

/** Applications and their review: what of them is in the graph. */
export const applications = {
  resolvers: [ApplicationResolver, TrackResolver, TrackFieldsResolver, DisputeResolver],
  types: [
    ...[ShareApplication, ApplicationTrack, ApplicationEvent, ApplicationForm, UncataloguedNeed, SharedTerms],
    ...[ApplicationFinding, ApplicationResult, ApplicationPage, TrackResult, TrackPage],
    ...[TrackDecision, CitedProvision, TrackStep, TrackTime],
  ],
  entities: [ShareApplication, ApplicationTrack, ApplicationEvent],
  permissions: {
    Query: {
      applications: may('application:read'),
      application: may('application:read'),
      applicationTrack: may('application:read'),
      myTasks: may('application:read'),
      overdueAnswers: may('application:read'),
    },
    Mutation: {
      startApplication: may('application:make'),
      changeApplication: may('application:make'),
      submitApplication: may('application:make'),
      withdrawApplication: may('application:make'),
      objectToRefusal: may('application:make'),
      decideApplication: may('application:decide'),
      extendAnswer: may('application:decide'),
      consentToExtension: may('application:decide'),
      recordNegotiation: may('application:negotiate'),
      coordinateApplication: may('application:coordinate'),
      fulfilRequest: may('application:decide'),
      escalateAnswer: may('application:escalate'),
    },
  },
} as const;
