import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphRecord } from '../../shared/evidence/graph-record.js';
import { startGovernance, type GovernanceUnderTest } from '../governance/support/governance-under-test.js';
import { storeEvidence } from '../governance/support/store-evidence.js';
import type { Loose } from '../support/system.js';
import { shows } from './shows.js';

let governance: GovernanceUnderTest;
type Ask = ReturnType<GovernanceUnderTest['as']>;
let [police, tax, authority]: Ask[] = [];

beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'quanzhou' });
  police = governance.as({ department: 'public-security', person: 'zhao.lei', roles: ['provider'] });
  tax = governance.as({ department: 'tax', person: 'zhang.tao', roles: ['provider'] });
  authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
}, 60_000);
afterAll(() => governance.stop(), 60_000);

describe('the catalogue of a department', () => {
  const findings = async (who: Ask | undefined, more = '') => {
    const query = `{ departmentFindings(department: "public-security"${more}) {
      pageInfo { hasNextPage endCursor } nodes { code state findings { code severity clauses } } } }`;
    return (await who!(query)).data.departmentFindings;
  };

  it('is checked as a whole, page by page, entry by entry as each is checked alone (QZ-4.2a)', async () => {
    shows('QZ-4.2a', 'QZ-5.1a');
    const [first] = (await findings(police)).nodes.filter(({ code }: Loose) => /^\d/.test(code));
    await governance.rows('update catalogue_resource set security_grade = null where code = $1', [first.code]);
    const whole = await findings(police);
    expect(whole.nodes.length).toBeGreaterThan(1);
    expect(whole.pageInfo.hasNextPage).toBe(false);
    for (const { code, findings: found } of whole.nodes) {
      const { data } = await police!(
        `{ catalogueFindings(code: "${code}", first: 100) { nodes { code severity clauses } } }`,
      );
      expect(found).toEqual(data.catalogueFindings.nodes);
    }
    const ungraded = whole.nodes.find(({ code }: Loose) => code === first.code);
    expect(ungraded.findings).toContainEqual({
      ...{ code: 'ATTRIBUTE_MISSING', severity: 'ERROR', clauses: ['QZ-5.1a'] },
    });
    const pages: string[] = [];
    let cursor = '';
    do {
      const page = await findings(police, `, first: 1${cursor}`);
      pages.push(...page.nodes.map(({ code }: Loose) => code));
      cursor = page.pageInfo.hasNextPage ? `, after: "${page.pageInfo.endCursor}"` : '';
    } while (cursor !== '');
    expect(pages).toEqual(whole.nodes.map(({ code }: Loose) => code));
  });

  it('is checked for that department and the authority, and no other', async () => {
    expect((await findings(tax)).nodes).toEqual([]);
    // A cursor belongs to its caller, so the pages' ends differ.
    const [forAuthority, forPolice] = [await findings(authority), await findings(police)];
    expect(forAuthority.nodes).toEqual(forPolice.nodes);
    expect(forAuthority.pageInfo.hasNextPage).toBe(forPolice.pageInfo.hasNextPage);
    const { errors } = await police!(
      '{ departmentFindings(department: "public-security", first: 0) { nodes { code } } }',
    );
    expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('the report of what the catalogue lacks', () => {
  const GRAPH: GraphRecord = {
    ...{ kind: 'graph', time: '2026-01-01T00:00:00.000Z', version: 'g1' },
    items: [
      {
        ...{ provider: 'public-security', resource: '100001/000001', shareType: 'CONDITIONAL' },
        coordinates: ['Resident.phone', 'Resident.nickname'],
      },
      { provider: 'tax', resource: '300001/000001', shareType: 'UNCONDITIONAL', coordinates: ['Payer.name'] },
    ],
  };
  const coverage = async (who: Ask | undefined, provider = '') => {
    const { data } = await who!(
      `{ catalogueCoverage${provider} { nodes { provider items entered missing { coordinate resource } } } }`,
    );
    return data.catalogueCoverage.nodes;
  };

  it('names every item of the graph in force that no published entry has (QZ-4.1a)', async () => {
    shows('QZ-4.1a');
    expect(await coverage(authority)).toEqual([]);
    await storeEvidence(governance.pool, [GRAPH]);
    expect(await coverage(authority)).toEqual([
      {
        ...{ provider: 'public-security', items: 2, entered: 1 },
        missing: [{ coordinate: 'Resident.nickname', resource: '100001/000001' }],
      },
      {
        ...{ provider: 'tax', items: 1, entered: 0 },
        missing: [{ coordinate: 'Payer.name', resource: '300001/000001' }],
      },
    ]);
  });

  it('is of the own department alone for who provides', async () => {
    expect((await coverage(tax)).map(({ provider }: Loose) => provider)).toEqual(['tax']);
    expect(await coverage(tax, '(provider: "public-security")')).toEqual([]);
  });
});
