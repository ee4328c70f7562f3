import type { Text } from '../../../../shared/kernel/index.js';
import type { FormValues } from './form-values.js';
import type { ProcessUnavailable } from '../review/resolve-process.rule.js';

export type FindingCode =
  | ProcessUnavailable['code']
  | 'ALREADY_APPLIED'
  | 'ALREADY_GRANTED'
  | 'APPLICANT_UNKNOWN'
  | 'DETAILS_UNFIT'
  | 'DUTY_MISSING'
  | 'DUTY_UNKNOWN'
  | 'ITEMS_MISSING'
  | 'ITEM_UNKNOWN'
  | 'MODE_MISSING'
  | 'NOT_A_SPECIAL_BODY'
  | 'NO_APPLICATION_NEEDED'
  | 'NO_OTHER_DECIDER'
  | 'OWN_ITEM'
  | 'PART_GONE'
  | 'PART_MISSING'
  | 'PERIOD_WRONG'
  | 'POST_VACANT'
  | 'PROVIDER_UNKNOWN'
  | 'QUOTA_WRONG'
  | 'ROWS_WRONG'
  | 'SCENARIO_MISSING'
  | 'SCENARIO_UNKNOWN';

/** Something to correct before an application can be submitted, or, as a warning, to consider. */
export interface FormFinding {
  readonly code: FindingCode;
  readonly severity: 'ERROR' | 'WARNING';
  /** Field of the form that it is about, or `department`. */
  readonly part: keyof FormValues | 'department';
  readonly message: Text;
  readonly clauses: readonly string[];
  /** The application or grant that the form repeats. */
  readonly duplicate?: Duplicate;
}
export interface Duplicate {
  readonly id: string;
  /** Instant at which it ends, ms since the epoch. */
  readonly until: number;
}

/** Collects errors. */
export type AddFinding = (
  code: FindingCode,
  part: FormFinding['part'],
  message: Text,
  clauses?: readonly string[],
) => void;
