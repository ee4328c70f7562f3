import { expect } from '@jest/globals';
import type { Loose } from '../../support/system.js';
import type { GovernanceUnderTest } from '../../governance/support/governance-under-test.js';

export type Ask = ReturnType<GovernanceUnderTest['as']>;

/** Makes a mutation, and expects that it was not refused. */
export async function done(who: Ask, mutation: string): Promise<Loose> {
  const { data, errors } = await who(`mutation { done: ${mutation} }`);
  expect([mutation, errors.map(({ message }) => message), data?.done?.refusal ?? null]).toEqual([mutation, [], null]);
  return data.done;
}

/** Entries that a subgraph states, by code, with the items that need a reason. */
interface StatedEntries {
  readonly subgraph: string;
  readonly department: string;
  readonly entries: Readonly<Record<string, readonly { readonly coordinate: string; readonly reason: string }[]>>;
}

/** Registers the entries that a schema states, and has them described, reviewed, examined and published by the persons whose
 *  business it is. */
export async function publishEntries(
  governance: GovernanceUnderTest,
  administrator: Ask,
  { subgraph, department, entries }: StatedEntries,
): Promise<void> {
  const person = (post: string) =>
    governance.as({ department, person: `${department}.${post}`, roles: ['provider', 'consumer'] });
  const authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  const [duty] = await governance.rows('select id from duty where department = $1 order by id', [department]);
  await done(administrator, `registerCatalogue(subgraph: "${subgraph}") { problems refusal { code } }`);
  for (const [code, items] of Object.entries(entries)) {
    const step = async (who: Ask, text: string) => {
      const [row] = await governance.rows(
        `select version from catalogue_resource where code = $1 and superseded_at is null order by revision desc limit 1`,
        [code],
      );
      await done(
        who,
        `${text.replace('$v', `code: "${code}", version: ${row!['version']}`)} { refusal { code message details } }`,
      );
    };
    const described = items.map(({ coordinate, reason }) => `{ coordinate: "${coordinate}", reason: "${reason}" }`);
    await step(
      administrator,
      `describeResource($v, details: { abstract: "公民", shareScope: "各部门", openness: NOT_OPEN, opennessBasis: ["个人信息保护法 第十条"],
        timeliness: "次日", collectionScope: "全市", securityGrade: "3", duty: "${duty!['id']}", items: [${described.join()}] })`,
    );
    await step(administrator, 'submitResource($v)');
    await step(person('leader'), 'reviewResource($v, approve: true)');
    await step(authority, 'reviewResource($v, approve: true)');
    await step(person('contact'), 'examineSecrecy($v, approve: true)');
    await step(authority, 'publishResource($v)');
  }
}
