import { joinTexts, type GrantMode, type Role, type Text } from '../../../../shared/kernel/index.js';
import { listNotSharedModes } from '../../../../shared/law/profile/not-shared-modes.rule.js';
import type { Deadline, Profile } from '../../../../shared/law/index.js';
import type { ApplicationKind, EscalationStep, Limit, ProcessStep, ReviewProcess } from './review-process.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/words.rule.js';

type Applications = NonNullable<Profile['applications']>;
type Clauses = readonly string[];

/** The reason why nobody can apply in this way. */
export interface ProcessUnavailable {
  readonly code: 'MODE_CLOSED' | 'PROCEDURE_UNKNOWN';
  readonly message: Text;
  readonly clauses: Clauses;
}

export interface ProcessRequest {
  readonly kind: ApplicationKind;
  readonly mode: GrantMode;
  /** The provider belongs to a higher level of government than the hub's authority. */
  readonly higherLevel?: boolean;
}

/** Resolves the process of an application under a profile.
 *  @source HZ-8.5, QZ-5.4, QZ-5.9, CZ-11, JL-23h, JL-24c, YN-16, YN-17, YN-18 */
export function resolveProcess(profile: Profile, request: ProcessRequest): ReviewProcess | ProcessUnavailable {
  const { kind, mode } = request;
  const applications = profile.applications ?? {};
  const route = resolveRoute(profile, request);
  if ('code' in route) return route;
  const escalation = route.escalation ?? resolveEscalation(applications, request);
  const content = (applications.content ?? []).flatMap(({ value, clauses }) =>
    value.map((part) => ({ part, clauses })),
  );
  const bulk = mode === 'BULK' ? resolveBulk(profile) : { steps: [], parts: [], notes: [] };
  const limit = route.limit && resolveLimit(route.limit);
  const { scopeFixedBy, answer } = applications;
  return {
    profile: profile.prefix,
    kind,
    mode,
    opens: route.escalated ? (escalation[0]?.step ?? 'REVIEW') : 'REVIEW',
    steps: [...route.steps, ...bulk.steps],
    ...(route.coordinated && { coordinated: route.coordinated }),
    parts: [...content, ...bulk.parts],
    ...(limit && { limit }),
    refusal: resolveRefusal(profile, kind),
    escalation,
    ...(scopeFixedBy && { scopeFixedBy: { role: scopeFixedBy.value, clauses: scopeFixedBy.clauses } }),
    ...(kind === 'UNCATALOGUED' && { becomesEntry: applications.uncatalogued?.becomesEntry?.clauses ?? [] }),
    notes: [
      ...route.notes,
      ...bulk.notes,
      ...listReadings(kind === 'UNCATALOGUED' ? applications.uncatalogued?.answer : answer),
      ...(limit?.workingDays === undefined ? [say('note.noLimit').in('en')] : []),
    ],
  };
}

interface Route {
  readonly steps: readonly ProcessStep[];
  /** It begins with the first step of escalation. */
  readonly escalated?: true;
  readonly escalation?: readonly EscalationStep[];
  readonly coordinated?: Clauses;
  readonly limit?: Deadline | undefined;
  readonly notes: readonly string[];
}

function resolveRoute(profile: Profile, { kind, mode }: ProcessRequest): Route | ProcessUnavailable {
  const applications = profile.applications ?? {};
  const usual = resolveUsualRoute(profile);
  if (kind === 'CONDITIONAL') return { ...usual, limit: applications.answer };
  if (kind === 'UNCATALOGUED') return { ...usual, limit: applications.uncatalogued?.answer };
  if (kind === 'SPECIAL') {
    const clauses = applications.specialProcedure?.clauses;
    if (!clauses)
      return {
        code: 'PROCEDURE_UNKNOWN',
        message: say('process.noSpecial'),
        clauses: [],
      };
    const escalation = [{ step: 'COORDINATION', by: 'authority', clauses }] as const;
    return { steps: [], escalated: true, escalation, coordinated: clauses, notes: [] };
  }
  return resolveNotSharedRoute(profile, mode, usual);
}

/** A value of what is not shared is never given by a decision of the reviewers alone. @source CZ-11g, YN-18, QZ-5.4d */
function resolveNotSharedRoute(profile: Profile, mode: GrantMode, usual: Route): Route | ProcessUnavailable {
  const applications = profile.applications ?? {};
  const { notShared, escalation = [] } = applications;
  const value = mode === 'QUERY' || mode === 'BULK';
  const coordination = escalation.filter(({ value: { step } }) => step === 'COORDINATION');
  if (notShared?.route) {
    return {
      steps: [{ by: ['provider'], clauses: notShared.route.clauses }],
      escalated: true,
      ...(value && { coordinated: coordination.flatMap(({ clauses }) => clauses) }),
      notes: value ? [say('note.coordinationFirst').in('en')] : [],
    };
  }
  const modes = listNotSharedModes(profile);
  if (!modes.includes(mode))
    return {
      code: 'MODE_CLOSED',
      message: say('process.modesOnly', {
        modes: joinTexts(
          modes.map((one) => wordOf('mode', one)),
          'and',
        ),
      }),
      clauses: notShared?.modes?.clauses ?? [],
    };
  if (!notShared?.review)
    return {
      ...usual,
      notes: [...usual.notes, say('note.alike').in('en')],
    };
  return { steps: toSteps(notShared.review, notShared.addressee?.value), notes: [] };
}

/** The usual reviewers; where the text names nobody, the department that has the data answers. */
function resolveUsualRoute({ applications, basis }: Profile): Route {
  if (applications?.review) return { steps: toSteps(applications.review, applications.addressee?.value), notes: [] };
  return {
    steps: [{ by: ['provider'], clauses: basis?.refusal?.clauses ?? [] }],
    notes: [say('note.noReviewer').in('en')],
  };
}

const toSteps = (
  review: readonly { readonly value: readonly Role[]; readonly clauses: Clauses }[],
  addressee: Role | undefined,
): ProcessStep[] =>
  review.map(({ value, clauses }) => ({
    by: value,
    ...(value.length > 1 && addressee && value.includes(addressee) && { final: addressee }),
    clauses,
  }));

/** Copies in bulk. @source QZ-5.3d (a finding that nothing less will do), JL-23h (consent), CZ-11l (encouraged) */
function resolveBulk({ exchange }: Profile): Pick<ReviewProcess, 'steps' | 'parts' | 'notes'> {
  const rule = exchange?.bulk;
  if (rule?.value === 'LAST_RESORT')
    return { steps: [], parts: [{ part: 'BULK_FINDING', clauses: rule.clauses }], notes: [] };
  if (rule?.value === 'WITH_CONSENT') {
    const consent = exchange?.bulkConsent;
    const step = { by: [consent?.value ?? 'authority'], clauses: consent?.clauses ?? rule.clauses } as const;
    return { steps: [step], parts: [], notes: [] };
  }
  return { steps: [], parts: [], notes: rule ? [] : [say('note.noBulk').in('en')] };
}

/** The step that holds for this provider: one for a higher level stands in place of the one before it. @source CZ-11i */
function resolveEscalation(
  { escalation = [] }: Applications,
  { higherLevel = false }: ProcessRequest,
): EscalationStep[] {
  const steps: EscalationStep[] = [];
  for (const { value, clauses } of escalation) {
    const step: EscalationStep = {
      step: value.step,
      ...(value.by && { by: value.by }),
      ...(value.body && { body: value.body }),
      clauses,
    };
    if (value.when !== undefined && !higherLevel) continue;
    if (value.when !== undefined && steps.at(-1)?.step === 'COORDINATION') steps.pop();
    steps.push(step);
  }
  return steps;
}

function resolveRefusal({ applications, basis }: Profile, kind: ApplicationKind): ReviewProcess['refusal'] {
  const reasons = kind === 'UNCATALOGUED' ? applications?.uncatalogued?.refusalReasons : applications?.refusalReasons;
  const bases = kind === 'CONDITIONAL' || kind === 'UNCATALOGUED' ? basis?.refusal : undefined;
  return {
    reasons: (reasons ?? applications?.refusalReasons)?.clauses ?? [],
    ...(bases && { bases: { anyOf: bases.value, clauses: bases.clauses } }),
  };
}

function resolveLimit({ workingDays, pace, starts, stops, extension }: Deadline): Limit {
  const clauses = [...new Set([workingDays, pace, starts, stops].flatMap((part) => part?.clauses ?? []))];
  return {
    ...(workingDays && { workingDays: workingDays.value }),
    ...(pace && { pace: pace.value }),
    ...(starts && { starts: starts.value }),
    ...(stops && { stops: stops.value }),
    clauses,
    ...(extension && {
      extension: {
        workingDays: extension.workingDays.value,
        ...(extension.consent && { consent: extension.consent.value }),
        noticeToApplicant: extension.notice !== undefined,
        clauses: [extension.workingDays, extension.consent, extension.written, extension.notice].flatMap(
          (part) => part?.clauses ?? [],
        ),
      },
    }),
  };
}

const listReadings = (deadline: Deadline | undefined): string[] =>
  [deadline?.workingDays, deadline?.starts, deadline?.stops].flatMap((part) => part?.reading ?? []);
