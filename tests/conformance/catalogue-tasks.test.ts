import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { startGovernance } from '../governance/support/governance-under-test.js';
import { shows } from './shows.js';

const STATED = readFileSync('schema/subgraphs/population.graphql', 'utf8');
const CHANGED = STATED.replace(
  '  name: String! @basic @verifiable(as: NAME) @mask(as: NAME)\n',
  (name) => `${name}  "电子邮箱"\n  email: String\n`,
);
const DAY = 86_400_000;

describe('a schema that changes an entry in force', () => {
  it.each([
    ['quanzhou', 'QZ-4.2c'],
    ['jilin', 'JL-15d'],
    ['chenzhou', undefined],
  ])(
    'opens a task for its provider, with its age, in %s (QZ-4.2c, JL-15d, CZ-7d)',
    async (profile, clause) => {
      shows('QZ-4.2c', 'JL-15d', 'CZ-7d');
      let clock = Date.parse('2026-02-10T12:00:00+08:00');
      let schema = STATED;
      const options = { profile, now: () => clock, readSdl: () => Promise.resolve(schema) };
      const governance = await startGovernance(undefined, options);
      try {
        const police = governance.as({
          department: 'public-security',
          person: 'zhao.lei',
          roles: ['provider', 'consumer'],
        });
        const ask = async (query: string) => {
          const { data, errors } = await police(query, { context: { expiresAt: Math.floor(clock / 1000) + 60 } });
          expect(errors).toEqual([]);
          return data;
        };
        const register =
          'mutation { registerCatalogue(subgraph: "population") { created changed problems refusal { code } } }';
        await ask(register);
        schema = CHANGED;
        expect((await ask(register)).registerCatalogue).toMatchObject({ changed: ['101001/000001'], refusal: null });
        clock += DAY;
        const { catalogueTasks } = await ask('{ catalogueTasks { nodes { kind subject clauses due age overdue } } }');
        expect(catalogueTasks.nodes).toContainEqual({
          ...{ kind: 'SCHEMA_CHANGE', subject: expect.stringContaining('Resident.email'), age: 1, overdue: false },
          ...{ due: null, clauses: clause === undefined ? expect.any(Array) : [clause] },
        });
      } finally {
        await governance.stop();
      }
    },
    30_000,
  );
});

describe('a change of law in Chenzhou', () => {
  it('is to be in the catalogue within fifteen working days, and is overdue after them (CZ-7b)', async () => {
    shows('CZ-7b');
    let clock = Date.parse('2026-02-06T10:00:00+08:00');
    const governance = await startGovernance(undefined, { profile: 'chenzhou', now: () => clock });
    try {
      const police = governance.as({
        department: 'public-security',
        person: 'zhao.lei',
        roles: ['provider', 'consumer'],
      });
      const ask = async (query: string) =>
        (await police(query, { context: { expiresAt: Math.floor(clock / 1000) + 60 } })).data;
      for (const kind of ['LAW_CHANGE', 'FUNCTION_CHANGE']) {
        const { reportChange } = await ask(`mutation {
          reportChange(department: "public-security", subject: "户口登记条例修订", kind: ${kind}) {
            task { due clauses left overdue } refusal { code } } }`);
        // The Spring Festival is 15 to 23 February; Saturdays 14 and 28 February are worked.
        expect(reportChange.task).toEqual({ due: '2026-03-05', clauses: ['CZ-7b'], left: 15, overdue: false });
      }
      const overdue = async (now: string) => {
        clock = Date.parse(now);
        return (await ask('{ catalogueTasks(overdue: true) { nodes { due } } }')).catalogueTasks.nodes.length;
      };
      expect([await overdue('2026-03-05T23:59:59+08:00'), await overdue('2026-03-06T00:00:00+08:00')]).toEqual([0, 2]);
    } finally {
      await governance.stop();
    }
  }, 30_000);
});
