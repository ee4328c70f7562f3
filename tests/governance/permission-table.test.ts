import { expect, it } from '@jest/globals';
import { PERMISSION_TABLE, type RoleRequirement } from '../../subgraphs/governance/core/permission-table.js';

/** Every power in governance: roles of which one is needed, posts of which one is needed in a department, and whether a
 *  person must be signed in. Written out, so that a power that is widened stands in two places. */
const POWERS: Readonly<Record<string, string>> = {
  'register:read': 'provider consumer authority secrecy-reviewer operator auditor citizen-service |  | ',
  'officers:read': 'authority operator auditor |  | ',
  'department:keep': 'authority |  | signed in',
  'department:suspend': 'authority |  | ',
  'department:resume': 'authority |  | signed in',
  'system:keep': 'authority operator |  | signed in',
  'system:suspend': 'authority |  | ',
  'system:resume': 'authority |  | signed in',
  'officer:keep': 'authority |  | signed in',
  'post:fill': 'provider consumer authority | HEAD LEADER_IN_CHARGE | signed in',
  'duty:keep': 'provider consumer authority | HEAD LEADER_IN_CHARGE DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'scenario:keep': 'authority |  | signed in',
  'publisher:permit': 'authority |  | signed in',
  'version:read': 'provider consumer authority auditor operator |  | ',
  'version:submit': 'provider | DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'version:publish': 'provider authority | HEAD LEADER_IN_CHARGE DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'version:retire': 'provider authority | DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'grant:read': 'provider consumer authority secrecy-reviewer operator auditor citizen-service |  | ',
  'grant:end': 'provider consumer authority |  | ',
  'grant:resume': 'provider consumer authority |  | signed in',
  'grant:name-persons': 'provider consumer | DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'consent:read': 'provider consumer authority auditor |  | ',
  'consent:propose': 'provider consumer | DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'consent:decide': 'provider | HEAD LEADER_IN_CHARGE DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'consent:revoke': 'provider authority | HEAD LEADER_IN_CHARGE DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'application:read': 'provider consumer authority secrecy-reviewer operator auditor citizen-service |  | ',
  'application:make': 'provider consumer |  | ',
  'application:decide': 'provider authority secrecy-reviewer |  | signed in',
  'application:negotiate': 'provider consumer |  | signed in',
  'application:coordinate': 'authority |  | signed in',
  'application:escalate': 'provider consumer authority |  | ',
  'catalogue:read': 'provider consumer authority secrecy-reviewer operator auditor citizen-service |  | ',
  'catalogue:register': 'provider authority operator | DATA_ADMINISTRATOR DESIGNATED_PERSON | ',
  'catalogue:edit': 'provider | DATA_ADMINISTRATOR DESIGNATED_PERSON | ',
  'catalogue:submit': 'provider | DATA_ADMINISTRATOR DESIGNATED_PERSON | ',
  'catalogue:examine-secrecy': 'provider secrecy-reviewer | SECRECY_PERSON | signed in',
  'catalogue:review': 'provider authority secrecy-reviewer | HEAD LEADER_IN_CHARGE | signed in',
  'catalogue:publish': 'authority |  | signed in',
  'catalogue:suspend': 'authority |  | signed in',
  'catalogue:withdraw': 'provider authority | DATA_ADMINISTRATOR DESIGNATED_PERSON | signed in',
  'catalogue:report-change': 'provider authority | DATA_ADMINISTRATOR DESIGNATED_PERSON | ',
  'catalogue:maintain': 'provider | DATA_ADMINISTRATOR DESIGNATED_PERSON | ',
  'subscription:read': 'provider authority auditor |  | ',
  'subscription:keep': 'provider |  | ',
  'subscription:resume': 'provider authority operator |  | ',
  'subscription:disable': 'authority operator |  | ',
  'inbox:read': 'provider consumer authority secrecy-reviewer operator auditor citizen-service |  | ',
  'list:read': 'provider consumer authority secrecy-reviewer operator auditor citizen-service |  | ',
  'list:publish': 'authority |  | signed in',
  'webhook:read': 'provider consumer authority secrecy-reviewer operator auditor |  | ',
  'webhook:keep': 'provider consumer authority secrecy-reviewer |  | ',
  'webhook:resume': 'provider consumer authority secrecy-reviewer operator |  | ',
  'webhook:disable': 'authority operator |  | ',
  'evidence:uses': 'provider consumer authority auditor |  | ',
  'evidence:acts': 'provider consumer authority secrecy-reviewer operator auditor citizen-service |  | ',
  'evidence:answer-citizens': 'citizen-service |  | ',
  'evidence:seal': 'authority |  | signed in',
  'evidence:read-seals': 'authority auditor |  | ',
};

it('every power is in the hands that are written down here, and in no others', () => {
  const table: Readonly<Record<string, RoleRequirement>> = PERMISSION_TABLE;
  const powers = Object.entries(table).map(([permission, { roles, posts = [], person = false }]) => [
    permission,
    [roles.join(' '), posts.join(' '), person ? 'signed in' : ''].join(' | '),
  ]);
  expect(Object.fromEntries(powers)).toEqual(POWERS);
});
