import type { RootPermissions } from '../../../shared/subgraph/index.js';
import { may } from '../may.js';

/** Who may ask for evidence; what each then sees is cut where it is read. */
export const evidencePermissions = {
  Query: {
    uses: may('evidence:uses'),
    usesPerDay: may('evidence:uses'),
    usesByDepartment: may('evidence:uses'),
    usesByScenario: may('evidence:uses'),
    topUsers: may('evidence:uses'),
    unusedItems: may('evidence:uses'),
    timeline: may('evidence:uses'),
    acts: may('evidence:acts'),
    subjectUses: may('evidence:answer-citizens'),
    seals: may('evidence:read-seals'),
  },
  Mutation: { sealUses: may('evidence:seal'), unsealUses: may('evidence:seal') },
} as const satisfies RootPermissions;
