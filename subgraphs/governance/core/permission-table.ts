import type { Role } from '../../../shared/kernel/index.js';
import type { Post } from './post.js';

/** The roles, and for departments the posts, that a permission requires. */
export interface RoleRequirement {
  /** Roles of which the caller needs one. */
  readonly roles: readonly Role[];
  /** Posts of which a person who acts as provider or consumer must hold one in their own department. A person who acts in
   *  another of the roles, such as the authority, needs none. */
  readonly posts?: readonly Post[];
  /** A person must be signed in: a system on its own behalf can ask, and stop things, but decides nothing. */
  readonly person?: true;
}

const DEPARTMENTS = ['provider', 'consumer'] as const;
const EVERYBODY = [...DEPARTMENTS, 'authority', 'secrecy-reviewer', 'operator', 'auditor', 'citizen-service'] as const;
const LEADERS = ['HEAD', 'LEADER_IN_CHARGE'] as const;
/** A decision: somebody answers for it by name. */
const BY_PERSON = { person: true } as const;
/** The named person who does the daily work: a data administrator in QZ-9.2d, a designated person in HZ-9.1b. */
const ADMINISTRATORS = ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'] as const;

/** The closed table of permissions in governance: an act that is not listed is refused. Each command also checks that its
 *  subject is the caller's own: a department's power ends with its own affairs.
 *  @source QZ-9.2d, QZ-5.10, HZ-5.3a, HZ-5.4c, HZ-9.2b, CZ-9.1d, YN-9e */
export const PERMISSION_TABLE = {
  'register:read': { roles: EVERYBODY },
  'officers:read': { roles: ['authority', 'operator', 'auditor'] },
  'department:keep': { roles: ['authority'], ...BY_PERSON },
  'department:suspend': { roles: ['authority'] },
  'department:resume': { roles: ['authority'], ...BY_PERSON },
  'reform:read': { roles: ['authority', 'auditor'] },
  'reform:keep': { roles: ['authority'], ...BY_PERSON },
  'system:keep': { roles: ['authority', 'operator'], ...BY_PERSON },
  'system:suspend': { roles: ['authority'] },
  'system:resume': { roles: ['authority'], ...BY_PERSON },
  'officer:keep': { roles: ['authority'], ...BY_PERSON },
  'post:fill': { roles: [...DEPARTMENTS, 'authority'], posts: LEADERS, ...BY_PERSON },
  'duty:keep': { roles: [...DEPARTMENTS, 'authority'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'scenario:keep': { roles: ['authority'], ...BY_PERSON },
  'saved-query:keep': { roles: EVERYBODY, ...BY_PERSON },
  'publisher:permit': { roles: ['authority'], ...BY_PERSON },
  'version:read': { roles: [...DEPARTMENTS, 'authority', 'auditor', 'operator'] },
  'version:submit': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'version:publish': { roles: ['provider', 'authority'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'version:retire': { roles: ['provider', 'authority'], posts: ADMINISTRATORS, ...BY_PERSON },
  'key:rotate': { roles: ['provider', 'authority', 'operator'], posts: ADMINISTRATORS, ...BY_PERSON },
  'load:read': { roles: [...DEPARTMENTS, 'authority', 'auditor', 'operator'] },
  // The command asks for the post, or for the name: a system that is named loads by itself.
  'load:make': { roles: ['provider'] },
  'load:name-loaders': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'source:read': { roles: ['provider', 'authority'], ...BY_PERSON },
  'source:submit': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'source:confirm': { roles: ['provider'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'source:end': { roles: ['provider', 'authority'], posts: ADMINISTRATORS, ...BY_PERSON },
  'grant:read': { roles: EVERYBODY },
  'grant:end': { roles: [...DEPARTMENTS, 'authority'] },
  'grant:resume': { roles: [...DEPARTMENTS, 'authority'], ...BY_PERSON },
  'grant:name-persons': { roles: DEPARTMENTS, posts: ADMINISTRATORS, ...BY_PERSON },
  'consent:read': { roles: [...DEPARTMENTS, 'authority', 'auditor'] },
  'consent:propose': { roles: DEPARTMENTS, posts: ADMINISTRATORS, ...BY_PERSON },
  'consent:decide': { roles: ['provider'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'consent:revoke': { roles: ['provider', 'authority'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'protection:read': { roles: ['provider'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'protection:propose': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'protection:decide': { roles: ['provider'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'verification-lock:read': { roles: [...DEPARTMENTS, 'authority', 'auditor', 'operator'] },
  'verification-lock:lift': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'multi-source:read': { roles: [...DEPARTMENTS, 'authority', 'auditor', 'operator'] },
  'multi-source:define': { roles: ['authority'], ...BY_PERSON },
  'multi-source:propose-consent': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'multi-source:decide-consent': { roles: ['provider'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'multi-source:revoke-consent': {
    roles: ['provider', 'authority'],
    posts: [...LEADERS, ...ADMINISTRATORS],
    ...BY_PERSON,
  },
  'quality:read-scores': { roles: EVERYBODY },
  'quality:read': { roles: [...DEPARTMENTS, 'authority', 'auditor', 'operator'] },
  'quality:propose': { roles: ['provider', 'authority'], posts: ADMINISTRATORS, ...BY_PERSON },
  'quality:decide': { roles: ['provider'], posts: [...LEADERS, ...ADMINISTRATORS], ...BY_PERSON },
  'quality:end': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'quality:run': { roles: ['provider', 'authority'], posts: ADMINISTRATORS },
  'application:read': { roles: EVERYBODY },
  'application:make': { roles: DEPARTMENTS },
  'application:decide': { roles: ['provider', 'authority', 'secrecy-reviewer'], ...BY_PERSON },
  'application:negotiate': { roles: DEPARTMENTS, ...BY_PERSON },
  'application:coordinate': { roles: ['authority'], ...BY_PERSON },
  'application:escalate': { roles: [...DEPARTMENTS, 'authority'] },
  'catalogue:read': { roles: EVERYBODY },
  'catalogue:register': { roles: ['provider', 'authority', 'operator'], posts: ADMINISTRATORS },
  'catalogue:edit': { roles: ['provider'], posts: ADMINISTRATORS },
  'catalogue:submit': { roles: ['provider'], posts: ADMINISTRATORS },
  'catalogue:examine-secrecy': { roles: ['provider', 'secrecy-reviewer'], posts: ['SECRECY_PERSON'], ...BY_PERSON },
  'catalogue:review': { roles: ['provider', 'authority', 'secrecy-reviewer'], posts: LEADERS, ...BY_PERSON },
  'catalogue:publish': { roles: ['authority'], ...BY_PERSON },
  'catalogue:suspend': { roles: ['authority'], ...BY_PERSON },
  'catalogue:withdraw': { roles: ['provider', 'authority'], posts: ADMINISTRATORS, ...BY_PERSON },
  'catalogue:report-change': { roles: ['provider', 'authority'], posts: ADMINISTRATORS },
  'catalogue:keep-synonyms': { roles: ['authority'], ...BY_PERSON },
  'catalogue:maintain': { roles: ['provider'], posts: ADMINISTRATORS },
  // A system of the provider reports its own loads.
  'freshness:report': { roles: ['provider'], posts: ADMINISTRATORS },
  'freshness:propose': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'freshness:decide': { roles: ['authority'], ...BY_PERSON },
  'freshness:end': { roles: ['provider', 'authority'], posts: ADMINISTRATORS, ...BY_PERSON },
  'aggregation:state': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'aggregation:decide': { roles: ['authority'], ...BY_PERSON },
  'aggregation:end': { roles: ['provider', 'authority'], posts: ADMINISTRATORS, ...BY_PERSON },
  'subscription:read': { roles: ['provider', 'authority', 'auditor'] },
  'subscription:keep': { roles: ['provider'] },
  'subscription:resume': { roles: ['provider', 'authority', 'operator'] },
  'subscription:disable': { roles: ['authority', 'operator'] },
  'inbox:read': { roles: EVERYBODY },
  'messages:own': { roles: EVERYBODY, ...BY_PERSON },
  'messages:robots': {
    roles: [...DEPARTMENTS, 'authority', 'secrecy-reviewer'],
    posts: ADMINISTRATORS,
    ...BY_PERSON,
  },
  'list:read': { roles: EVERYBODY },
  'list:publish': { roles: ['authority'], ...BY_PERSON },
  'webhook:read': { roles: [...DEPARTMENTS, 'authority', 'secrecy-reviewer', 'operator', 'auditor'] },
  'webhook:keep': { roles: [...DEPARTMENTS, 'authority', 'secrecy-reviewer'] },
  'webhook:resume': { roles: [...DEPARTMENTS, 'authority', 'secrecy-reviewer', 'operator'] },
  'webhook:disable': { roles: ['authority', 'operator'] },
  'evidence:uses': { roles: [...DEPARTMENTS, 'authority', 'auditor'] },
  'evidence:acts': { roles: EVERYBODY },
  'evidence:answer-citizens': { roles: ['citizen-service'] },
  'evidence:seal': { roles: ['authority'], ...BY_PERSON },
  'correction:read': { roles: [...DEPARTMENTS, 'authority', 'auditor', 'operator', 'citizen-service'] },
  'correction:report': { roles: [...DEPARTMENTS, 'citizen-service'] },
  'correction:object': { roles: [...DEPARTMENTS, 'citizen-service'], ...BY_PERSON },
  'correction:dispatch': { roles: ['operator'], ...BY_PERSON },
  'correction:decide': { roles: ['provider'], posts: ADMINISTRATORS, ...BY_PERSON },
  'correction:coordinate': { roles: ['authority'], ...BY_PERSON },
  'correction:confirm-result': { roles: DEPARTMENTS },
  'evidence:read-seals': { roles: ['authority', 'auditor'] },
} as const satisfies Record<string, RoleRequirement>;
export type Permission = keyof typeof PERMISSION_TABLE;
