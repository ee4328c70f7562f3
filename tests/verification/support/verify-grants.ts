import type { System } from '../../support/system.js';

export const HOUSING = { scenario: 'public-rental-review' };
export const TAX = { scenario: 'tax-credit-review' };

/** A purpose for which more is told than one outcome for all claims. */
export const TALENTS = { scenario: 'talent-housing' };

/** Grants of the mode VERIFY, beside housing's of the sample: to a department, to one within a township, and one with outcomes
 *  beyond one. */
export async function grantVerification({ governance }: Pick<System, 'governance'>): Promise<void> {
  for (const [id, department, { scenario }, rows, details] of [
    ['V-2', 'tax', TAX, null, null],
    ['V-3', 'civil-affairs', { scenario: 'living-allowance-review' }, '["330106002"]', null],
    ['V-4', 'housing', TALENTS, null, '["PER_ITEM", "NO_RECORD"]'],
  ] as const)
    await governance.query(
      `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, suspended, approver, basis, rows, verification_details)
       values ($1, $2, $3, 'VERIFY', '["Resident.phone", "Resident.annualIncome"]', '2026-01-01', '2036-01-01', false,
               'zhao.lei', '[]', $4, $5)`,
      [id, department, scenario, rows, details],
    );
}
