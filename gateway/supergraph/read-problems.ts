import type { HubError } from '../../shared/kernel/index.js';
import type { CompositionProblem } from './repairs/repair.js';

/** A reason for which a graph was refused, as a finding of the check of a version. */
export interface ProblemFinding {
  readonly code: string;
  readonly severity: 'ERROR';
  readonly coordinate?: string;
  readonly message: string;
}

/** Every reason of a refusal. */
export function readProblems({ code, message, details }: HubError): readonly ProblemFinding[] {
  const { errors = [{ code, message }] } = details as { errors?: readonly CompositionProblem[] };
  return errors.map((each) => ({
    code: each.code,
    severity: 'ERROR',
    message: each.message,
    ...(each.coordinate !== undefined && { coordinate: each.coordinate }),
  }));
}
