import { jest } from '@jest/globals';
import { PERSON_AT } from '../../support/person-token.js';
import { startSystem, type Loose, type Reply, type System } from '../../support/system.js';

/** Systems of those who take part. */
const PARTIES = {
  housing: 'housing-app',
  police: 'public-security-app',
  authority: 'data-bureau-console',
  secrecy: 'secrecy-desk',
} as const;
export type Party = keyof typeof PARTIES;
type FakeTimersConfig = Extract<NonNullable<Parameters<typeof jest.useFakeTimers>[0]>, { doNotFake?: unknown }>;
type Variables = Readonly<Record<string, unknown>>;

const REVIEW = `id status version kind waitsFor grant partial refusalReason coordination
  time { due provisional workingDaysLeft ageInWorkingDays overdue clauses } clauses notes
  decisions { role verdict by reason } terms { coordinates rows until }`;
const REFUSAL = 'refusal { code message clause details }';
const REVIEW_RESULT = `review { ${REVIEW} } grant { id approver coordination } ${REFUSAL}`;

/** A whole hub under one law after the other, on a clock that the test sets; everybody speaks through the gateway. */
export class Hall {
  private system!: System;
  private scenario = '';

  /** @param at  local time in China, such as 2026-02-09T10:00 */
  static async open(at: string): Promise<Hall> {
    const hall = new Hall();
    hall.setClock(at);
    hall.system = await startSystem({}, 20);
    return hall;
  }
  async close(): Promise<void> {
    await this.system.stop();
    jest.useRealTimers();
  }

  /** The law in force from now on, and a purpose of the housing department's under it, for which nothing is granted. */
  async under(profile: string, at: string): Promise<void> {
    this.setClock(at);
    this.scenario = `rental-in-${profile}`;
    await this.system.governance.query(
      `insert into scenario (department, code, name, purpose) values ('housing', $1, '公共租赁住房审核', '核验申请人')`,
      [this.scenario],
    );
    await this.system.restart('governance', { profile });
  }
  setClock(at: string): void {
    const now = Date.parse(`${at}:00+08:00`);
    jest.useFakeTimers({ now, doNotFake: REAL });
  }

  /** The first resident, as the housing department sees it for the purpose of the application. */
  look(scenario = this.scenario): Promise<Reply> {
    const query = '{ residents(first: 1) { nodes { name phone registeredAddress } } }';
    return this.system.ask(PARTIES.housing, query, { scenario });
  }
  /** Which of the two items are given, and why not the others. */
  async sees(): Promise<Record<string, string>> {
    const { data, errors = [] } = await this.look();
    const row = data?.['residents']?.nodes[0] ?? {};
    const why = (item: string) => errors.find(({ path = [] }) => path.includes(item))?.extensions['code'] ?? 'null';
    return Object.fromEntries(
      ['phone', 'registeredAddress'].map((item) => [item, row[item] === null ? why(item) : 'given']),
    );
  }

  /** One item of the first resident, as the housing department gets it. */
  async item(name: string): Promise<Loose> {
    const query = `{ residents(first: 1) { nodes { ${name} } } }`;
    const { data, errors } = await this.system.ask(PARTIES.housing, query, { scenario: this.scenario });
    return { value: data?.['residents'].nodes[0][name], code: errors?.[0]?.extensions['code'] };
  }

  async ask(who: Party, query: string, variables: Variables = {}): Promise<Loose> {
    const system = PARTIES[who];
    const { data, errors } = await this.system.ask(system, query, { variables, person: PERSON_AT[system]! });
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data;
  }
  async rows(sql: string, values: unknown[] = []): Promise<Loose[]> {
    return (await this.system.governance.query<Loose>(sql, values)).rows;
  }

  /** A complete application for the telephone number and the registered address, with what is said put in place. */
  async form(more: Variables = {}): Promise<Variables> {
    const [duty] = await this.rows(`select id from duty where department = 'housing' order by id limit 1`);
    return {
      scenario: this.scenario,
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
  async start(input: Variables): Promise<Loose> {
    const query = `mutation ($input: ApplicationInput!) { startApplication(input: $input, submit: true) {
      application { id state reviews { ${REVIEW} } } findings { code part clauses severity } ${REFUSAL} } }`;
    const { data, errors } = await this.system.ask('housing-app', query, { person: 'li.na', variables: { input } });
    if (!data || errors) throw new Error(errors?.map(({ message }) => message).join('\n'));
    const { findings, ...started } = data['startApplication'];
    // Warnings, such as of an application that repeats another, hold nothing up.
    const blocking = findings.filter(({ severity }: Loose) => severity === 'ERROR');
    return { ...started, findings: blocking.map(({ severity: _, ...finding }: Loose) => finding) };
  }
  /** Submits a complete application; the review of its one provider. */
  async apply(more: Variables = {}): Promise<Loose> {
    const { application, refusal } = await this.start(await this.form(more));
    if (refusal) throw new Error(`${refusal.message} ${refusal.details}`);
    return application.reviews[0];
  }
  async decide(who: Party, { id, version }: Loose, decision: Variables): Promise<Loose> {
    const query = `mutation ($review: String!, $version: Int!, $decision: DecisionInput!) {
      decideApplication(review: $review, version: $version, decision: $decision) { ${REVIEW_RESULT} } }`;
    return (await this.ask(who, query, { review: id, version, decision })).decideApplication;
  }
  /** Agrees in the words that any law asks for, to all that is left or to these items of it. */
  agree(who: Party, review: Loose, coordinates: readonly string[] = review.terms.coordinates): Promise<Loose> {
    return this.decide(who, review, { verdict: 'AGREE', dutyNeed: true, terms: { mode: 'QUERY', coordinates } });
  }
  refuse(who: Party, review: Loose, reason: string, kind?: string): Promise<Loose> {
    const bases = kind && { bases: [{ kind, provision: '居民身份证法 第十九条' }] };
    return this.decide(who, review, { verdict: 'REFUSE', reason, ...bases });
  }
  async dispute(who: Party, mutation: string, { id, version }: Loose, more: string): Promise<Loose> {
    const query = `mutation { ${mutation}(review: "${id}", version: ${version}, ${more}) { ${REVIEW_RESULT} } }`;
    return (await this.ask(who, query))[mutation];
  }
  async review(id: string): Promise<Loose> {
    return (await this.ask('authority', `{ providerReview(id: "${id}") { ${REVIEW} } }`)).providerReview;
  }
  /** Applications that wait for somebody. */
  async tasks(who: Party): Promise<string[]> {
    const { myTasks } = await this.ask(who, '{ myTasks(first: 100) { nodes { id } } }');
    return myTasks.nodes.map(({ id }: Loose) => id);
  }
  async overdue(): Promise<string[]> {
    const { overdueAnswers } = await this.ask('authority', '{ overdueAnswers(first: 100) { nodes { id } } }');
    return overdueAnswers.nodes.map(({ id }: Loose) => id);
  }
  async stop(who: Party, mutation: 'suspendGrant' | 'resumeGrant' | 'revokeGrant', grant: string): Promise<Loose> {
    const query = `mutation { ${mutation}(id: "${grant}", reason: "核查用途") { grant { suspended } ${REFUSAL} } }`;
    return (await this.ask(who, query))[mutation];
  }
}

type FakeableAPI = NonNullable<FakeTimersConfig['doNotFake']>[number];

/** Only the date is set; everything that waits waits in real time. */
const REAL: FakeableAPI[] = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
];
