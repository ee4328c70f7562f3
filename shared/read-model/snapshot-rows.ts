import { z } from 'zod';
import {
  GRANT_MODES,
  MASKS,
  ROLES,
  SHARE_TYPES,
  VERIFICATION_DETAILS,
  type Coordinate,
  type Grant,
  type Role,
} from '../kernel/index.js';
import { RELEASE_USES, type Consent } from '../share/releases/release.js';
import type { Succession } from '../share/succession/succession.js';
import type {
  DepartmentEntry,
  Dispute,
  OfficerEntry,
  PublishedItem,
  PublishedSubgraph,
  ScenarioEntry,
  SystemEntry,
} from './read-model.js';

const texts = z.array(z.string());
const coordinate = z.custom<Coordinate>((value) => typeof value === 'string');
/** Suspended, unless the row says clearly that it is not. */
const suspended = z.boolean().catch(true);
/** A role that this version does not know gives no right. */
const roles = texts.catch([]).transform((own): Role[] => ROLES.filter((role) => own.includes(role)));

const VERSION = z.coerce.number<unknown>().int();
const DEPARTMENT = z.object({ code: z.string(), name: z.string(), roles, suspended });
const SYSTEM = z
  .object({
    client_id: z.string(),
    name: z.string(),
    department: z.string(),
    suspended,
    redirect_uris: texts.catch([]),
    // Only a system that the row says runs in a browser does without a secret.
    browser: z.boolean().catch(false),
    trusted_documents: texts.catch([]),
    // Only a system that the row says is free runs whatever it likes.
    trusted_documents_only: z.boolean().catch(true),
  })
  .transform(({ client_id, redirect_uris, trusted_documents, trusted_documents_only, ...system }) => ({
    clientId: client_id,
    redirectUris: redirect_uris,
    documents: new Set(trusted_documents),
    documentsOnly: trusted_documents_only,
    ...system,
  }));
const OFFICER = z
  .object({
    subject: z.string(),
    name: z.string(),
    department: z.string(),
    roles,
    posts: texts.nullable().catch(null),
    suspended,
  })
  .transform(({ posts, ...officer }) => ({ ...officer, ...(posts && { posts }) }));
const SCENARIO = z.object({ department: z.string(), code: z.string(), name: z.string(), purpose: z.string() });
const PUBLISHED_ITEM = z
  .object({ coordinate: z.string(), provider: z.string(), share_type: z.enum(SHARE_TYPES) })
  .transform(({ share_type: shareType, ...item }) => ({ ...item, shareType }));
const PERMIT = z.object({ subgraph: z.string(), department: z.string() });
const CONSENT = z
  .object({
    id: z.string(),
    item: z.string(),
    identity: z.string().nullable(),
    owner: z.string(),
    receiver: z.string(),
    receiver_subgraph: z.string(),
    use: z.enum(RELEASE_USES),
    coordinate: z.string(),
    purpose: z.string(),
    until: z.number(),
    revoked: z.number().nullable(),
    proposed_by: z.string().nullable(),
    first_by: z.string(),
    second_by: z.string(),
  })
  .transform(
    ({
      receiver_subgraph: receiverSubgraph,
      proposed_by: proposedBy,
      first_by,
      second_by,
      identity,
      revoked,
      ...consent
    }): Consent => ({
      ...consent,
      receiverSubgraph,
      ...(proposedBy !== null && { proposedBy }),
      decidedBy: [first_by, second_by],
      ...(identity !== null && { identity }),
      ...(revoked !== null && { revokedAt: revoked }),
    }),
  );
const VERSION_KEY = z.object({ id: z.string(), subgraph: z.string(), published: z.boolean() });
const SUBGRAPH = z.object({ id: z.string(), subgraph: z.string(), url: z.string(), sdl: z.string() });
const GRANT_KEY = z.object({ id: z.string(), department: z.string(), scenario: z.string(), revoked: z.boolean() });
const SUSPENSION = z
  .object({ party: z.enum(['CONSUMER', 'PROVIDER', 'PLATFORM']), reason: z.string(), since: z.number().nullable() })
  .transform(({ since, ...suspension }) => ({ ...suspension, ...(since !== null && { since }) }));
const GRANT = z.object({
  id: z.string(),
  department: z.string(),
  scenario: z.string(),
  mode: z.enum(GRANT_MODES),
  coordinates: z.array(coordinate),
  from: z.number(),
  until: z.number(),
  suspended,
  suspensions: z.array(SUSPENSION).nullable().catch(null),
  rows: texts.nullable(),
  quota_per_day: z.int().nullable(),
  masks: z.record(coordinate, z.enum(MASKS)).nullable(),
  verification_details: z.array(z.enum(VERIFICATION_DETAILS)).nullable().catch(null),
  persons: texts.nullable(),
  identities: z.record(coordinate, z.string()).nullable(),
  coordination: z.string().nullish(),
  approver: z.string(),
  basis: texts.catch([]),
});

/** A count of changes. @returns  undefined when it is none */
export const readVersion = (value: unknown): number | undefined =>
  value == null ? undefined : VERSION.safeParse(value).data;

/** @throws ZodError when a column is missing or of another type, as for the other rows of the register */
export const readDepartment = (row: unknown): DepartmentEntry => DEPARTMENT.parse(row);
export const readSystem = (row: unknown): SystemEntry => SYSTEM.parse(row);
export const readOfficer = (row: unknown): OfficerEntry => OFFICER.parse(row);
export const readScenario = (row: unknown): ScenarioEntry => SCENARIO.parse(row);

const DISPUTE = z
  .object({
    correction: z.string(),
    item: coordinate,
    hashes: z.array(z.object({ key: z.string(), hash: z.string() })),
    since: z.number(),
    stage: z.string(),
    notice: z.string().nullable(),
    proofKey: z.string(),
  })
  .transform(({ notice, ...dispute }) => ({ ...dispute, ...(notice !== null && { notice }) }));
export const readDispute = (row: unknown): Dispute => DISPUTE.parse(row);

/** @returns  undefined for a row that cannot be read: it publishes nothing */
export const readPublishedItem = (row: unknown): (PublishedItem & { readonly coordinate: string }) | undefined =>
  PUBLISHED_ITEM.safeParse(row).data;

const SUCCESSION = z.object({
  kind: z.enum(['DEPARTMENT', 'RESOURCE', 'SCENARIO', 'SYSTEM', 'PERSON']),
  id: z.string(),
  from: z.string(),
  to: z.string(),
});
export const readSuccession = (row: unknown): Succession => SUCCESSION.parse(row);

export const readPermit = (row: unknown): z.output<typeof PERMIT> => PERMIT.parse(row);

/** @returns  undefined for a row that cannot be read in full: it gives no consent */
export const readConsent = (row: unknown): Consent | undefined => CONSENT.safeParse(row).data;

export const readVersionKey = (row: unknown): z.output<typeof VERSION_KEY> => VERSION_KEY.parse(row);
export const readSubgraph = (row: unknown): PublishedSubgraph => SUBGRAPH.parse(row);

export const readGrantKey = (row: unknown): z.output<typeof GRANT_KEY> => GRANT_KEY.parse(row);

/** @returns  undefined for a row that cannot be read in full: it gives no grant */
export function readGrant(row: unknown): Grant | undefined {
  const { data } = GRANT.safeParse(row);
  if (!data) return undefined;
  const { rows, quota_per_day: quotaPerDay, masks, persons, identities, coordination, suspensions, ...more } = data;
  const { verification_details: verificationDetails, ...grant } = more;
  return {
    ...grant,
    ...(suspensions && { suspensions }),
    ...(rows && { rows }),
    ...(quotaPerDay !== null && { quotaPerDay }),
    ...(masks && { masks }),
    ...(verificationDetails && { verificationDetails }),
    ...(persons && { persons }),
    ...(identities && { identities }),
    ...(coordination != null && { coordination }),
  };
}
