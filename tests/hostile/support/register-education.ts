import { creditCode } from '../../../shared/kernel/credit-code.js';
import type { GovernanceUnderTest } from '../../governance/support/governance-under-test.js';
import { done, publishEntries } from './publish-entries.js';

const POSTS: Readonly<Record<string, readonly string[]>> = {
  administrator: ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'],
  head: ['HEAD'],
  leader: ['LEADER_IN_CHARGE'],
  contact: ['CONTACT', 'SECRECY_PERSON'],
};
const EVERYBODY = ['public-security', 'market-supervision', 'civil-affairs'];

/** Registers a department of education with its persons and the scenario that callers use. Its two subgraphs may publish for
 *  others once, which is taken back; its own entries are reviewed and published. */
export async function registerEducation(governance: GovernanceUnderTest): Promise<void> {
  const authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  const step = (mutation: string, more = '') =>
    done(authority, `${mutation} { ${more} refusal { code message details } }`);
  await step(
    `registerDepartment(input: { code: "education", name: "教育局", level: CITY, roles: [CONSUMER, PROVIDER],
      creditCode: "${creditCode('11', '330100', 'MB000099')}" })`,
  );
  for (const department of ['education', 'public-security'])
    await step(
      `registerScenario(input: { department: "${department}", code: "audit", name: "审计", purpose: "内部审计", basis: ["审计法 第三条"] })`,
    );
  for (const [name, posts] of Object.entries(POSTS)) {
    await step(
      `registerOfficer(input: { subject: "education.${name}", name: "${name}", department: "education", roles: [PROVIDER, CONSUMER] })`,
    );
    await step(`verifyOfficer(subject: "education.${name}", reference: "核验-1")`);
    for (const post of posts)
      await step(
        `appoint(input: { officer: "education.${name}", department: "education", post: ${post}, notice: "1" })`,
      );
  }
  await step('addDuty(department: "education", name: "学籍管理", legalSource: "教育法")');
  for (const subgraph of ['education', 'education-2']) {
    await step(`permitPublisher(subgraph: "${subgraph}", department: "education")`);
    for (const department of EVERYBODY) {
      const { permit } = await step(
        `permitPublisher(subgraph: "${subgraph}", department: "${department}", reason: "联合建设")`,
        'permit { id }',
      );
      await step(`withdrawPermit(id: "${permit.id}", reason: "到期")`);
    }
  }
  const administrator = governance.as({
    department: 'education',
    person: 'education.administrator',
    roles: ['provider', 'consumer'],
  });
  await publishEntries(governance, administrator, {
    subgraph: 'education',
    department: 'education',
    entries: { 'interface/education/education': [] },
  });
}
