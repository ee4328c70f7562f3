import { describe, expect, it } from '@jest/globals';
import { startGovernance } from '../governance/support/governance-under-test.js';
import type { Loose } from '../support/system.js';
import { shows } from './shows.js';

const CLINIC = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
    @link(url: "https://sharehub.dev/share/v1.0", import: ["@resource", "@share"])
  "就诊记录" type Visit @resource(code: "202001/000001", name: "门诊就诊信息", provider: "medical-security", library: "HEALTH",
    category: "主题类", updateCycle: "DAILY") @share(type: CONDITIONAL, basis: ["基本医疗卫生与健康促进法 第四十九条"], condition: "办理医疗救助")
    @key(fields: "id") { "就诊编号" id: ID! }
  type Query { visit(id: ID!): Visit @share(type: UNCONDITIONAL) }`;
const CODE = '202001/000001';
const DETAILS = `{ abstract: "门诊就诊记录", shareScope: "民政部门", openness: NOT_OPEN, opennessBasis: ["个人信息保护法 第十条"],
  timeliness: "次日", collectionScope: "全市定点医疗机构", securityGrade: "3", duty: "Z-D010",
  items: [{ coordinate: "Visit.id", length: 20, reason: "涉及健康信息" }] }`;

describe('an entry that a department has reported', () => {
  it.each([
    ['jilin', 'JL-15e'],
    ['yunnan', 'YN-9e'],
  ])(
    'enters the catalogue of all when the authority has reviewed it, in %s (JL-15e, YN-9e)',
    async (profile, clause) => {
      shows('JL-15e', 'YN-9e');
      const governance = await startGovernance(undefined, { profile, readSdl: () => Promise.resolve(CLINIC) });
      try {
        const medical = (person: string) =>
          governance.as({ department: 'medical-security', person, roles: ['provider', 'consumer'] });
        const [administrator, leader] = [medical('luo.xin'), medical('medical-security.leader')];
        const authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
        const other = governance.as({
          department: 'civil-affairs',
          person: 'chen.jing',
          roles: ['provider', 'consumer'],
        });
        const act = async (who: typeof other, text: string): Promise<Loose> => {
          const [row] = await governance.rows('select version from catalogue_resource where code = $1', [CODE]);
          const of = `code: "${CODE}", version: ${row!['version'] as number}`;
          const { data, errors } = await who(
            `mutation { done: ${text.replace('$v', of)} { resource { state } refusal { code clause details } } }`,
          );
          return data?.done ?? { denied: errors[0]?.extensions.code };
        };
        /** Providers of what another department finds in the whole catalogue. */
        const found = async (): Promise<[string, string][]> => {
          const { data } = await other('{ catalogueResources(first: 100) { nodes { code provider } } }');
          return data.catalogueResources.nodes.map(({ code, provider }: Loose) => [code, provider]);
        };
        await administrator('mutation { registerCatalogue(subgraph: "clinic") { created problems } }');
        await act(administrator, `describeResource($v, details: ${DETAILS})`);
        expect(await act(administrator, 'submitResource($v)')).toMatchObject({ resource: { state: 'SUBMITTED' } });

        expect((await act(authority, 'publishResource($v)')).refusal.code).toBe('STATE_UNFIT');
        expect((await act(leader, 'reviewResource($v, approve: true)')).refusal).toMatchObject({
          ...{ code: 'STEP_OF_ANOTHER', clause },
        });
        expect(await act(administrator, 'publishResource($v)')).toEqual({ denied: 'OPERATION_DENIED' });
        expect(await found()).not.toContainEqual([CODE, 'medical-security']);

        expect(await act(authority, 'reviewResource($v, approve: true)')).toMatchObject({
          resource: { state: 'APPROVED' },
        });
        expect(await act(authority, 'publishResource($v)')).toMatchObject({ resource: { state: 'PUBLISHED' } });
        expect(await found()).toEqual(
          expect.arrayContaining([
            [CODE, 'medical-security'],
            ['101001/000001', 'public-security'],
          ]),
        );
      } finally {
        await governance.stop();
      }
    },
    30_000,
  );
});
