import type pg from 'pg';
import type { Loose } from '../../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './governance-under-test.js';
import type { GovernanceOptions } from '../../../subgraphs/governance/core/index.js';

type Ask = ReturnType<GovernanceUnderTest['as']>;
type Variables = Readonly<Record<string, unknown>>;

/** Who takes part in the applications of the tests. */
const PEOPLE = {
  housing: { department: 'housing', system: 'housing-app', person: 'li.na', roles: ['consumer'] },
  housingProvider: {
    department: 'housing',
    system: 'housing-app',
    person: 'sun.hao',
    roles: ['consumer', 'provider', 'authority'],
  },
  /** The same person after moving to the police. */
  housingProviderAtPolice: {
    department: 'public-security',
    system: 'public-security-app',
    person: 'sun.hao',
    roles: ['provider'],
  },
  policeSystem: { department: 'public-security', system: 'public-security-app', roles: ['provider', 'consumer'] },
  tax: { department: 'tax', system: 'tax-app', roles: ['consumer'] },
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
  policeHead: {
    department: 'public-security',
    system: 'public-security-app',
    person: 'public-security.head',
    roles: ['provider'],
  },
  social: {
    department: 'human-resources',
    system: 'human-resources-app',
    person: 'guo.wei',
    roles: ['provider', 'consumer'],
  },
  authority: { department: 'data-bureau', system: 'data-bureau-console', person: 'wang.min', roles: ['authority'] },
  secondOfAuthority: {
    department: 'data-bureau',
    system: 'data-bureau-console',
    person: 'xu.fang',
    roles: ['authority'],
  },
  province: { department: 'provincial-bureau', system: 'provincial-console', person: 'deng.hua', roles: ['authority'] },
  otherProvince: { department: 'other-bureau', system: 'other-console', person: 'fang.yi', roles: ['authority'] },
  bureau: {
    department: 'data-bureau',
    system: 'data-bureau-console',
    person: 'wu.gang',
    roles: ['provider', 'consumer'],
  },
  secrecy: { department: 'secrecy-bureau', system: 'secrecy-desk', person: 'zhou.bao', roles: ['secrecy-reviewer'] },
} as const;
export type Person = keyof typeof PEOPLE;

const REVIEW = `id status version waitsFor grant partial refusalReason coordination proposedCoordination entry
  time { due provisional workingDaysLeft ageInWorkingDays overdue clauses } clauses
  decisions { role verdict by reason } terms { coordinates rows from until }`;
const REFUSAL = 'refusal { code message clause clauseWords details }';
const APPLICATION = `application { id state version form { reason } reviews { ${REVIEW} } }
  findings { code part clauses severity message duplicates until } ${REFUSAL}`;

/** Divides the findings: `findings` are those that hold an application up, `warnings` those that do not. */
const divideFindings = ({ findings, ...result }: Loose): Loose => ({
  ...result,
  findings: findings
    .filter(({ severity }: Loose) => severity === 'ERROR')
    .map(({ code, part, clauses }: Loose) => ({ code, part, clauses })),
  warnings: findings.filter(({ severity }: Loose) => severity === 'WARNING'),
});

/** Governance under one profile, with a clock that the test sets, and the words of the applications in the graph. */
export class ApplicationsUnderTest {
  now = Date.parse('2026-02-09T10:00:00+08:00');
  private governance!: GovernanceUnderTest;
  private readonly voices = new Map<Person, Ask>();

  static async open(profile: string, more: Partial<GovernanceOptions> = {}): Promise<ApplicationsUnderTest> {
    const applications = new ApplicationsUnderTest();
    applications.governance = await startGovernance(undefined, { profile, now: () => applications.now, ...more });
    return applications;
  }
  get pool(): pg.Pool {
    return this.governance.pool;
  }
  close = (): Promise<void> => this.governance.stop();
  rows = (sql: string, values?: unknown[]): Promise<Record<string, Loose>[]> => this.governance.rows(sql, values);

  async ask(who: Person, query: string, variables: Variables = {}): Promise<Loose> {
    let voice = this.voices.get(who);
    if (!voice) this.voices.set(who, (voice = this.governance.as(PEOPLE[who])));
    // Contexts are signed for the clock of the test.
    const { data, errors } = await voice(query, {
      variables,
      context: { expiresAt: Math.floor(this.now / 1000) + 60 },
    });
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data;
  }

  /** A complete application for two items of the police, with what is said put in place. */
  async form(more: Variables = {}): Promise<Variables> {
    const [duty] = await this.rows(`select id from duty where department = 'housing' order by id limit 1`);
    return {
      scenario: 'public-rental-review',
      mode: 'QUERY',
      coordinates: ['Resident.phone', 'Resident.registeredAddress'],
      duty: duty!['id'],
      need: '申请人联系方式和户籍地址',
      reason: '审核公共租赁住房申请',
      use: '公共租赁住房资格审核',
      uses: ['ADMINISTRATIVE_BASIS'],
      scopeOfUse: '住房保障处',
      securityMeasures: '专人专机，不落地',
      contactName: '李娜',
      contactPhone: '0571-80000000',
      ...more,
    };
  }

  async start(input: Variables, submit = true, who: Person = 'housing'): Promise<Loose> {
    const query = `mutation ($input: ApplicationInput!, $submit: Boolean!) { startApplication(input: $input, submit: $submit) { ${APPLICATION} } }`;
    return divideFindings((await this.ask(who, query, { input, submit })).startApplication);
  }
  /** Submits a complete application; the review of its one provider. */
  async apply(more: Variables = {}): Promise<Loose> {
    const { application, refusal } = await this.start(await this.form(more));
    if (refusal) throw new Error(`${refusal.message} ${refusal.details}`);
    return application.reviews[0];
  }
  async change(id: string, version: number, input: Variables, submit: boolean): Promise<Loose> {
    return this.changeAs('housing', id, version, input, submit);
  }
  async changeAs(who: Person, id: string, version: number, input: Variables, submit = false): Promise<Loose> {
    const query = `mutation ($id: String!, $version: Int!, $input: ApplicationInput!, $submit: Boolean!) {
      changeApplication(id: $id, version: $version, input: $input, submit: $submit) { ${APPLICATION} } }`;
    return divideFindings((await this.ask(who, query, { id, version, input, submit })).changeApplication);
  }
  async withdraw(id: string, version: number): Promise<Loose> {
    const query = `mutation { withdrawApplication(id: "${id}", version: ${version}, reason: "不再需要") { ${APPLICATION} } }`;
    return (await this.ask('housing', query)).withdrawApplication;
  }
  async decide(who: Person, { id, version }: Loose, decision: Variables): Promise<Loose> {
    const query = `mutation ($review: String!, $version: Int!, $decision: DecisionInput!) {
      decideApplication(review: $review, version: $version, decision: $decision) { review { ${REVIEW} } grant { id approver basis } ${REFUSAL} } }`;
    return (await this.ask(who, query, { review: id, version, decision })).decideApplication;
  }
  /** Agrees to everything that is left, in the words that any profile asks for. */
  agree(who: Person, review: Loose, terms: Variables = {}): Promise<Loose> {
    const decision = {
      verdict: 'AGREE',
      dutyNeed: true,
      terms: { mode: 'QUERY', coordinates: review.terms.coordinates, ...terms },
    };
    return this.decide(who, review, decision);
  }
  async dispute(who: Person, mutation: string, { id, version }: Loose, more: string): Promise<Loose> {
    const query = `mutation { ${mutation}(review: "${id}", version: ${version}, ${more}) { review { ${REVIEW} } grant { id coordination } ${REFUSAL} } }`;
    return (await this.ask(who, query))[mutation];
  }
  async review(id: string, who: Person = 'authority'): Promise<Loose> {
    return (await this.ask(who, `{ providerReview(id: "${id}") { ${REVIEW} } }`)).providerReview;
  }
}
