import type { FormValues } from './form-values.js';
import type { ProcessUnavailable } from '../review/resolve-process.rule.js';

export type FindingCode =
  | ProcessUnavailable['code']
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
/** Something to correct before an application can be submitted. */
export interface FormFinding {
  readonly code: FindingCode;
  /** Field of the form that it is about, or `department`. */
  readonly part: keyof FormValues | 'department';
  readonly message: string;
  readonly clauses: readonly string[];
}

/** Collects findings. */
export type AddFinding = (
  code: FindingCode,
  part: FormFinding['part'],
  message: string,
  clauses?: readonly string[],
) => void;
