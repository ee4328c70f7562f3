import type { ClockEvent, Deadline, Profile } from '../../../shared/law/profile/profile.js';
import { say } from './messages/index.js';

type Clauses = readonly string[];

/** Time limit of a step. Without `workingDays` the age is shown and nothing is ever overdue. */
export interface StepLimit {
  readonly workingDays?: number;
  /** Event from which the days are counted. */
  readonly starts?: ClockEvent;
  readonly clauses: Clauses;
}

/** The steps that the law has for a correction. One that is open keeps the process under which it was reported. Stored as
 *  JSON, so its names stay. */
export interface CorrectionProcess {
  /** Jurisdiction, by the prefix of its clauses. */
  readonly profile: string;
  /** A report goes straight to the provider, or the operator analyses and dispatches it. */
  readonly route: { readonly through: 'PROVIDER' | 'OPERATOR'; readonly clauses: Clauses };
  /** Feedback of the department that found a difference. */
  readonly report: StepLimit;
  readonly decision: StepLimit;
  readonly fix: StepLimit;
  readonly dispute: Clauses;
  /** The authority is told of the decision. */
  readonly authorityTold?: Clauses;
  /** Every department that uses the items is told of the result, whatever it is. */
  readonly usersTold?: Clauses;
  /** Notice beside disputed items: how whoever brings valid proof is served meanwhile. */
  readonly meanwhile?: { readonly notice: string; readonly clauses: Clauses };
  /** Readings of legal text that is silent or ambiguous. */
  readonly notes: readonly string[];
}

/** Resolves the process of a correction under a profile.
 *  @source HZ-6.3, HZ-8.6, QZ-7, CZ-14, YN-33 */
export function resolveCorrectionProcess({ prefix, correction = {} }: Profile): CorrectionProcess {
  const { route, report, decision, fix, results, dispute, meanwhile } = correction;
  const tells = (who: 'authority' | 'using-departments') =>
    results?.value.includes(who) ? results.clauses : undefined;
  const [authorityTold, usersTold] = [tells('authority'), tells('using-departments')];
  return {
    profile: prefix,
    route: { through: route?.value === 'THROUGH_OPERATOR' ? 'OPERATOR' : 'PROVIDER', clauses: route?.clauses ?? [] },
    report: toLimit(report),
    decision: toLimit(decision),
    fix: toLimit(fix),
    dispute: dispute?.clauses ?? [],
    ...(authorityTold && { authorityTold }),
    ...(usersTold && { usersTold }),
    ...(meanwhile && { meanwhile: { notice: meanwhile.value, clauses: meanwhile.clauses } }),
    notes: [
      ...(route ? (route.reading ? [route.reading] : []) : [say('note.noWay').in('en')]),
      ...[report, decision, fix].flatMap((limit) =>
        [limit?.workingDays, limit?.starts, limit?.stops].flatMap((part) => part?.reading ?? []),
      ),
      ...(dispute ? [] : [say('note.noSettler').in('en')]),
    ],
  };
}

const toLimit = (deadline: Deadline | undefined): StepLimit => ({
  ...(deadline?.workingDays && { workingDays: deadline.workingDays.value }),
  ...(deadline?.starts && { starts: deadline.starts.value }),
  clauses: [
    ...new Set(
      [deadline?.workingDays, deadline?.pace, deadline?.starts, deadline?.stops].flatMap((part) => part?.clauses ?? []),
    ),
  ],
});
