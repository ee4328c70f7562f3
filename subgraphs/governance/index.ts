import { startSubgraph, type DatabaseSubgraph, type StartOptions } from '../../shared/subgraph/index.js';
import { applications } from './application/applications.js';
import { catalogue } from './catalogue/catalogue-parts.js';
import { publishOwn } from './catalogue/publish-own.js';
import { Department } from './department/department.entity.js';
import { DepartmentResolver } from './department/department.resolver.js';
import { evidenceResolvers } from './evidence/evidence-resolvers.js';
import { evidenceTypes } from './evidence/evidence-types.js';
import { SubscriptionResolver } from './evidence-push/subscription.resolver.js';
import { SubscriptionResult } from './evidence-push/subscription-result.js';
import { UseDelivery } from './evidence-push/use-delivery.js';
import { UseSubscription } from './evidence-push/use-subscription.js';
import { GrantEndResolver } from './grant/grant-end.resolver.js';
import { GrantSuspension } from './grant/grant-party.js';
import { GrantPersonsResolver } from './grant/grant-persons.resolver.js';
import { GrantPage } from './grant/grant-input.js';
import { GrantResult } from './grant/grant-result.js';
import { GrantResolver } from './grant/grant.resolver.js';
import { MaskedItem, ShareGrant } from './grant/share-grant.entity.js';
import { governanceOwn } from './governance-context.js';
import { entities, migrations } from './mikro-orm.config.js';
import { lists } from './list/lists.js';
import { inbox } from './notice/inbox.js';
import { Officer } from './officer/officer.entity.js';
import { people } from './people.js';
import { permissions } from './permissions.js';
import { Refusal } from './refusal.js';
import { Scenario } from './scenario/scenario.entity.js';
import { seed } from './seed/governance.js';
import { RegisteredSystem } from './system/registered-system.entity.js';
import { webhooks } from './webhook/webhooks.js';
import { RegisterResult } from './department/register-result.js';

/** Departments, systems, officers, scenarios and grants: what the data authority keeps. */
export const subgraph: DatabaseSubgraph = {
  name: 'governance',
  resolvers: [
    DepartmentResolver,
    ...people.resolvers,
    ...catalogue.resolvers,
    ...applications.resolvers,
    GrantResolver,
    GrantEndResolver,
    GrantPersonsResolver,
    SubscriptionResolver,
    ...evidenceResolvers,
    ...inbox.resolvers,
    ...lists.resolvers,
    ...webhooks.resolvers,
  ],
  types: [
    Department,
    RegisteredSystem,
    Officer,
    Scenario,
    ShareGrant,
    MaskedItem,
    GrantSuspension,
    GrantPage,
    GrantResult,
    RegisterResult,
    Refusal,
    ...people.types,
    ...catalogue.types,
    ...applications.types,
    UseSubscription,
    UseDelivery,
    SubscriptionResult,
    ...evidenceTypes,
    ...inbox.types,
    ...lists.types,
    ...webhooks.types,
  ],
  entities,
  migrations,
  seed,
  permissions,
  opened: (orm, sdl) => publishOwn(orm, 'governance', sdl),
};

export const start = (options: StartOptions) => startSubgraph(subgraph, options, governanceOwn(options));
