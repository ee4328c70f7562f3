import { createSecretKey } from 'node:crypto';
import type pg from 'pg';
import type { AccessRecord } from '../../../shared/evidence/access-record.js';
import type { GraphRecord } from '../../../shared/evidence/graph-record.js';
import { SubjectHasher } from '../../../shared/evidence/keys/subject-keys.js';
import { RecordStore } from '../../../shared/evidence/store/record-store.js';
import { readCalendar } from '../../../shared/law/index.js';
import { envelopeKeys } from '../../../shared/trust/secret-envelope.js';
import { subgraphKey } from '../../../shared/trust/signed-context.js';
import { followCorrections } from '../../../subgraphs/governance/correction/index.js';
import { findGrantHolders } from '../../../subgraphs/governance/grant/index.js';
import { start } from '../../../subgraphs/governance/index.js';
import { record } from '../../evidence/support/record.js';
import { askAs, TEST_SECRET } from '../../support/subgraph-client.js';
import type { Loose } from '../../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './governance-under-test.js';
import { storeEvidence } from './store-evidence.js';

const hasherOf = (id: string) => new SubjectHasher(id, createSecretKey(Buffer.from(id.padEnd(32))));
/** Every hash of a subject under these keys. */
export const hashesUnder = (...ids: readonly string[]) => {
  const hashers = ids.map(hasherOf);
  return (subject: string) => hashers.map((hasher) => ({ key: hasher.id, hash: hasher.hash(subject) }));
};
/** Every hash of a subject, under the key in use and the one before. */
export const hashesOf = hashesUnder('new', 'old');
export const CORRECTION_KEYS = envelopeKeys(TEST_SECRET, 'correction-subjects');

export const LI = '11010519491231002X';
export const WANG = '440524188001010014';

/** Who takes part in corrections. */
const PEOPLE = {
  housing: { department: 'housing', system: 'housing-app', person: 'li.na', roles: ['consumer'] },
  housingColleague: { department: 'housing', system: 'housing-app', person: 'housing.contact', roles: ['consumer'] },
  housingSystem: { department: 'housing', system: 'housing-app', roles: ['consumer'] },
  tax: { department: 'tax', system: 'tax-app', person: 'zhang.tao', roles: ['consumer'] },
  police: {
    department: 'public-security',
    system: 'public-security-app',
    person: 'zhao.lei',
    roles: ['provider', 'consumer'],
  },
  policeOfficer: {
    department: 'public-security',
    system: 'public-security-app',
    person: 'lin.jun',
    roles: ['provider', 'consumer'],
  },
  /** The person of the housing department after moving to the police. */
  housingAtPolice: {
    department: 'public-security',
    system: 'public-security-app',
    person: 'li.na',
    roles: ['provider', 'consumer'],
  },
  social: {
    department: 'human-resources',
    system: 'human-resources-app',
    person: 'guo.wei',
    roles: ['provider', 'consumer'],
  },
  operator: {
    department: 'data-bureau',
    system: 'data-bureau-console',
    person: 'wang.min',
    roles: ['authority', 'operator'],
  },
  bureau: {
    department: 'data-bureau',
    system: 'data-bureau-console',
    person: 'wu.gang',
    roles: ['provider', 'consumer'],
  },
  authority: { department: 'data-bureau', system: 'data-bureau-console', person: 'xu.fang', roles: ['authority'] },
  desk: { department: 'citizen-hotline', system: 'citizen-desk', person: 'bai.ling', roles: ['citizen-service'] },
  deskSystem: { department: 'citizen-hotline', system: 'citizen-desk', roles: ['citizen-service'] },
  auditor: { department: 'audit', system: 'audit-app', person: 'he.shen', roles: ['auditor'] },
  secrecy: { department: 'secrecy-bureau', system: 'secrecy-desk', person: 'zhou.bao', roles: ['secrecy-reviewer'] },
} as const;
export type Person = keyof typeof PEOPLE;

const GRAPH: GraphRecord = {
  kind: 'graph',
  time: '2026-01-01T00:00:00.000Z',
  version: 'g1',
  items: [
    { provider: 'public-security', resource: 'R-P', shareType: 'UNCONDITIONAL', coordinates: ['Resident.name'] },
    {
      provider: 'public-security',
      resource: 'R-P',
      shareType: 'CONDITIONAL',
      coordinates: ['Resident.phone', 'Resident.registeredAddress', 'Resident.workplace'],
    },
    {
      provider: 'human-resources',
      resource: 'R-H',
      shareType: 'CONDITIONAL',
      coordinates: ['PensionInsurance.monthsPaid'],
    },
  ],
};

/** A use of the workplace, which nobody has a grant of, by a department. */
export const useOf = (
  requestId: string,
  department: string,
  subject: string,
  more: Partial<AccessRecord> = {},
): AccessRecord =>
  record(requestId, {
    time: '2026-01-05T08:00:00.000Z',
    graphVersion: 'g1',
    department,
    system: `${department}-app`,
    released: ['Resident.workplace'],
    subjects: [hashesOf(`PERSON:${subject}`)[0]!.hash],
    subjectKey: 'new',
    subjectCount: 1,
    rows: { Resident: 1 },
    ...more,
  });

const CORRECTION = `id kind department onBehalf provider items description status version verdict corrected reason analysis
  objection coordination identityCheck identifier errorSince waitsFor meanwhile notes dispatchedAt acceptedAt closedAt
  time { due provisional workingDaysLeft overdue ageInWorkingDays clauses }`;
const RESULT = `{ correction { ${CORRECTION} } refusal { code message clause } }`;

/** Governance on one database under several profiles, with a clock that the test sets. */
export class CorrectionsUnderTest {
  now = Date.parse('2026-03-02T10:00:00+08:00');
  private governance!: GovernanceUnderTest;
  private readonly servers = new Map<string, Awaited<ReturnType<typeof start>>>();

  static async open(): Promise<CorrectionsUnderTest> {
    const corrections = new CorrectionsUnderTest();
    corrections.governance = await startGovernance(hashesOf, { now: () => corrections.now });
    await storeEvidence(corrections.pool, [GRAPH]);
    return corrections;
  }
  get pool(): pg.Pool {
    return this.governance.pool;
  }
  rows = (sql: string, values?: unknown[]): Promise<Record<string, Loose>[]> => this.governance.rows(sql, values);

  async close(): Promise<void> {
    for (const server of this.servers.values()) await server.stop();
    await this.governance.stop();
  }

  /** Takes every correction on by what the hub itself finds out, until there is nothing left to do.
   *  @param hashes  hashes subjects under the keys that there are then */
  async follow(hashes = hashesOf): Promise<void> {
    const options = {
      ...{ pool: this.pool, store: new RecordStore('Asia/Shanghai'), hashesOf: hashes, keys: CORRECTION_KEYS },
      ...{ calendar: readCalendar(), timeZone: 'Asia/Shanghai', findGrantHolders, now: this.now },
    };
    while ((await followCorrections(options)) > 0);
  }

  under(profile: string): CorrectionVoices {
    return new CorrectionVoices(async (who, query, variables) => {
      let server = this.servers.get(profile);
      if (!server) {
        server = await start({
          ...{ port: 0, key: subgraphKey(TEST_SECRET, 'governance'), databaseUrl: this.governance.url, residents: 0 },
          ...{ hashesOf, profile, correctionKeys: CORRECTION_KEYS, now: () => this.now },
        });
        this.servers.set(profile, server);
      }
      const ask = askAs('governance', server.url, PEOPLE[who]);
      const context = { expiresAt: Math.floor(this.now / 1000) + 60 };
      const { data, errors } = await ask(query, { variables, context });
      if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
      return data;
    });
  }
}

/** The words of corrections in the graph, under one profile. */
export class CorrectionVoices {
  constructor(readonly ask: (who: Person, query: string, variables?: Record<string, unknown>) => Promise<Loose>) {}

  async report(who: Person, more: Record<string, unknown> = {}): Promise<Loose> {
    const input = {
      kind: 'ERROR',
      subject: { kind: 'PERSON', identifier: LI },
      items: ['Resident.phone'],
      description: '手机号码已停机,与本人提供的不一致',
      ...more,
    };
    const query = `mutation ($input: CorrectionInput!) { reportCorrection(input: $input) ${RESULT} }`;
    return (await this.ask(who, query, { input })).reportCorrection;
  }
  /** A report that is taken. */
  async reported(who: Person, more: Record<string, unknown> = {}): Promise<Loose> {
    const { correction, refusal } = await this.report(who, more);
    if (refusal) throw new Error(`${refusal.code}: ${refusal.message}`);
    return correction;
  }
  async step(who: Person, mutation: string, { id, version }: Loose, more = ''): Promise<Loose> {
    const query = `mutation { ${mutation}(id: "${id}", version: ${version}${more && `, ${more}`}) ${RESULT} }`;
    return (await this.ask(who, query))[mutation];
  }
  /** A step that is made. */
  async made(who: Person, mutation: string, correction: Loose, more = ''): Promise<Loose> {
    const { correction: after, refusal } = await this.step(who, mutation, correction, more);
    if (refusal) throw new Error(`${refusal.code}: ${refusal.message}`);
    return after;
  }
  decide(who: Person, correction: Loose, decision: string): Promise<Loose> {
    return this.step(who, 'decideCorrection', correction, `decision: { ${decision} }`);
  }
  async see(who: Person, id: string): Promise<Loose> {
    return (await this.ask(who, `{ correction(id: "${id}") { ${CORRECTION} } }`)).correction;
  }
  async list(who: Person, filter = ''): Promise<string[]> {
    const { corrections } = await this.ask(
      who,
      `{ corrections(first: 100${filter && `, ${filter}`}) { nodes { id } } }`,
    );
    return corrections.nodes.map(({ id }: Loose) => id);
  }
}
