import type { AccessRecord } from '../../../shared/evidence/access-record.js';

export const record = (requestId: string, more: Partial<AccessRecord> = {}): AccessRecord => ({
  kind: 'access',
  time: '2026-01-05T08:00:00.000Z',
  requestId,
  department: 'tax',
  approvals: [],
  released: ['Resident.name'],
  denied: [{ coordinate: 'Resident.income', code: 'NOT_SHARED' }],
  internal: [],
  subjects: [],
  subjectCount: 0,
  rows: {},
  mode: 'QUERY',
  medium: 'ONLINE',
  outcome: 'partial',
  milliseconds: 1.5,
  ...more,
});
