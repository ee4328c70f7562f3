import type { AuditAction } from '../../../../shared/evidence/index.js';
import type { Recorded } from '../../core/index.js';
import type { ProtectionResult } from './protection-input.type.js';
import type { SubjectProtection } from './subject-protection.entity.js';

/** Names an act on a protection for the audit log. Who reads it learns that the owner protects somebody, and not whom: no
 *  identifier, hash, reason or reference is in it. */
export function recordProtection(act: AuditAction, protection: SubjectProtection): Recorded<ProtectionResult> {
  const { id, owner, kind, basis, purposes, until, state } = protection;
  return {
    result: { protection },
    decision: {
      act,
      object: `protection/${id}`,
      concerns: [owner],
      basis,
      terms: { owner, kind, purposes, until, state },
    },
  };
}
