import { allow } from '../../shared/share/shield.js';
import type { RootPermissions } from '../../shared/subgraph/index.js';

/** The roots decide nothing by themselves: the hub has decided per item before it asks. What is not listed is refused. */
export const permissions: RootPermissions = {
  Query: { pensionInsurance: allow, pensionInsurances: allow, livingAllowances: allow },
};
