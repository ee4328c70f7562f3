import type { Coordinate, Mask } from '../../../shared/kernel/index.js';
import { readCalendar, readProfile, type Profile, type WorkingCalendar } from '../../../shared/law/index.js';
import type { JWK } from 'jose';
import type { MessageHosts } from '../../../shared/network/message-hosts.js';
import type { SourceHosts } from '../../../shared/network/source-hosts.js';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import type { StartOptions, SubgraphContext } from '../../../shared/subgraph/index.js';
import type { EnvelopeKeys } from '../../../shared/trust/secret-envelope.js';
import type { TableSpec } from '../../../shared/declaration/index.js';
import { AuditLog } from './audit-log/audit-log.js';
import type { Database } from './open-tables.js';
import type { RoomHooks } from './room-hooks.js';

/** Context of the resolvers of governance, in addition to the kit's. */
export interface GovernanceOwn extends RoomHooks {
  readonly auditLog: AuditLog;
  /** Time zone in which days begin, IANA name. */
  readonly timeZone: string;
  /** The law in force. What is running keeps the law that it began under. */
  readonly profile: Profile;
  readonly calendar: WorkingCalendar;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Every hash under which a record may name a subject; absent where no keys were given. */
  readonly hashesOf?: ((subject: string) => readonly SubjectHash[]) | undefined;
  /** Reads a subgraph's own SDL; undefined for one that is not on the graph's list; absent where the hub is not known. */
  readonly readSdl?: ((subgraph: string) => Promise<string | undefined>) | undefined;
  /** What the operator decides about subgraphs that departments publish; absent where the hub is not known. */
  readonly registry?: SubgraphHosts | undefined;
  /** Absent where no tables are kept for departments. */
  readonly loading?: LoadingOptions | undefined;
  /** What the operator decides about departments' sources; absent where the hub is not known. */
  readonly sourceSettings?: SourceSettings | undefined;
  /** What the operator decides about messages beyond the hub; absent where the hub is not known. */
  readonly messageSettings?: MessageOffer | undefined;
  /** Keys under which the subjects of corrections are kept; absent where nothing can be reported. */
  readonly correctionKeys?: EnvelopeKeys | undefined;
  /** Keys under which names of records that break a rule of quality are sealed; absent where the hub is not known. */
  readonly qualityKeys?: EnvelopeKeys | undefined;
  /** Public key under which identifiers of protected subjects are sealed: what is sealed cannot be opened here. Absent where
   *  the hub is not known. */
  readonly protectionKey?: JWK | undefined;
}
export interface SourceSettings {
  readonly hosts: SourceHosts;
  /** Public key under which credentials are sealed: what is sealed cannot be opened here. */
  readonly credentialKey: JWK;
}
export interface MessageOffer {
  /** Domains to which mail may go; empty where no mail is sent. */
  readonly mailDomains: readonly string[];
  /** Hosts of robots; absent where none are admitted. */
  readonly robotHosts?: MessageHosts | undefined;
  /** Hour of the local day at which digests are sent. */
  readonly dailyHour: number;
  /** Public key under which addresses of robots and codes are sealed: what is sealed cannot be opened here. */
  readonly key: JWK;
}
export interface LoadingOptions {
  /** Largest file that is taken, bytes. */
  readonly mostBytes: number;
  /** Finds the table of a type that is published and whose rows the hub keeps. */
  readonly findTable: FindTable;
}
export type FindTable = (database: Database, subgraph: string, type: string) => Promise<TableSpec | undefined>;
export interface SubgraphHosts {
  /** Origins at which departments' subgraphs may run. */
  readonly origins: ReadonlySet<string>;
  /** Subgraphs that this hub starts by itself, with its own secret. */
  readonly ownSubgraphs?: ReadonlySet<string>;
  /** Reads the names on the operator's own list of subgraphs. */
  readonly readListed: () => Promise<readonly string[]>;
}
/** Options of the governance subgraph beside those of every subgraph. */
export interface GovernanceOptions extends StartOptions {
  /** Jurisdiction whose law governs: a name, or the path of a file. */
  readonly profile?: string | undefined;
  /** Folder with the calendars of further years. */
  readonly calendarDir?: string | undefined;
  /** Time zone in which days begin, IANA name. */
  readonly timeZone?: string | undefined;
  /** Every hash under which a record may name a subject. */
  readonly hashesOf?: GovernanceOwn['hashesOf'];
  /** Reads a subgraph's own SDL with the hub's registration context. Undefined for a subgraph that is not on the graph's
   *  list; rejects when the SDL cannot be read. */
  readonly readSdl?: GovernanceOwn['readSdl'];
  readonly registry?: GovernanceOwn['registry'];
  readonly loading?: Partial<LoadingOptions> & Pick<LoadingOptions, 'mostBytes'>;
  readonly sourceSettings?: GovernanceOwn['sourceSettings'];
  readonly messageSettings?: GovernanceOwn['messageSettings'];
  readonly correctionKeys?: GovernanceOwn['correctionKeys'];
  readonly qualityKeys?: GovernanceOwn['qualityKeys'];
  readonly protectionKey?: GovernanceOwn['protectionKey'];
  /** Published with the rest of the demo, where the database is empty. */
  readonly sampleLibraries?: SampleLibraries | undefined;
}
/** Libraries of the demo that departments declare, and the departments that they need beside the demo's. */
export interface SampleLibraries {
  readonly departments: readonly {
    readonly code: string;
    readonly name: string;
    readonly administrator: { readonly subject: string; readonly name: string };
    readonly duty: { readonly name: string; readonly source: string };
  }[];
  /** YAML. */
  readonly declarations: readonly string[];
  readonly grants: readonly {
    readonly id: string;
    readonly department: string;
    readonly scenario: string;
    readonly coordinates: readonly Coordinate[];
    readonly rows?: readonly string[];
    readonly masks?: Readonly<Record<Coordinate, Mask>>;
    readonly approver: string;
    readonly basis: readonly string[];
  }[];
}
export interface GovernanceContext extends SubgraphContext {
  readonly own: GovernanceOwn;
}

/** @throws HubError CONFIG_INVALID when the profile or a calendar cannot be read */
export function governanceOwn(
  hooks: RoomHooks,
  {
    timeZone = 'Asia/Shanghai',
    hashesOf,
    profile = 'quanzhou',
    calendarDir,
    now = () => Date.now(),
    readSdl,
    registry,
    loading,
    sourceSettings,
    messageSettings,
    correctionKeys,
    qualityKeys,
    protectionKey,
  }: Omit<GovernanceOptions, 'loading'> & Pick<GovernanceOwn, 'loading'>,
): GovernanceOwn {
  return {
    auditLog: new AuditLog(timeZone, hooks.findCallerNow),
    ...hooks,
    timeZone,
    profile: readProfile(profile),
    calendar: readCalendar(calendarDir),
    now,
    hashesOf,
    readSdl,
    registry,
    loading,
    sourceSettings,
    messageSettings,
    correctionKeys,
    qualityKeys,
    protectionKey,
  };
}
