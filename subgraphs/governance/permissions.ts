import type { RootPermissions } from '../../shared/subgraph/index.js';
import { catalogue } from './catalogue/catalogue-parts.js';
import { applications } from './application/applications.js';
import { evidencePermissions } from './evidence/evidence-permissions.js';
import { may } from './may.js';
import { lists } from './list/lists.js';
import { inbox } from './notice/inbox.js';
import { people } from './people.js';
import { webhooks } from './webhook/webhooks.js';

/** Which power each root field asks for. What is not listed is refused; what a department may see is further cut to its
 *  own where it is read. */
export const permissions: RootPermissions = {
  Query: {
    ...evidencePermissions.Query,
    ...people.permissions.Query,
    ...catalogue.permissions.Query,
    ...applications.permissions.Query,
    ...inbox.permissions.Query,
    ...lists.permissions.Query,
    ...webhooks.permissions.Query,
    departments: may('register:read'),
    systems: may('register:read'),
    officers: may('officers:read'),
    scenarios: may('register:read'),
    grants: may('grant:read'),
    grantOf: may('grant:read'),
    subscriptions: may('subscription:read'),
    useDeliveries: may('subscription:read'),
  },
  Mutation: {
    ...evidencePermissions.Mutation,
    ...people.permissions.Mutation,
    ...catalogue.permissions.Mutation,
    ...applications.permissions.Mutation,
    ...inbox.permissions.Mutation,
    ...lists.permissions.Mutation,
    ...webhooks.permissions.Mutation,
    grant: may('grant:make'),
    revokeGrant: may('grant:end'),
    suspendGrant: may('grant:end'),
    resumeGrant: may('grant:end'),
    authorisePersons: may('grant:name-persons'),
    renewGrant: may('application:make'),
    suspendDepartment: may('department:suspend'),
    resumeDepartment: may('department:suspend'),
    suspendSystem: may('system:suspend'),
    resumeSystem: may('system:suspend'),
    subscribeUses: may('subscription:keep'),
    pauseSubscription: may('subscription:keep'),
    resumeSubscription: may('subscription:resume'),
    disableSubscription: may('subscription:disable'),
    replayUses: may('subscription:keep'),
    unsubscribeUses: may('subscription:keep'),
  },
};
