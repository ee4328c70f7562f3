import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { startGovernance } from '../governance/support/governance-under-test.js';

const STATED = readFileSync('schema/subgraphs/population.graphql', 'utf8');
const CHANGED = STATED.replace(
  '  name: String! @basic @mask(as: NAME)\n',
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
      let clock = Date.parse('2026-02-10T12:00:00+08:00');
      let schema = STATED;
      const options = { profile, now: () => clock, readSdl: () => Promise.resolve(schema) };
      const governance = await startGovernance(undefined, options);
      try {
        const police = governance.as({ dep: 'public-security', per: 'zhao.lei', rol: ['provider', 'consumer'] });
        const ask = async (query: string) => {
          const { data, errors } = await police(query, { context: { exp: Math.floor(clock / 1000) + 60 } });
          expect(errors).toEqual([]);
          return data;
        };
        const register =
          'mutation { registerCatalogue(subgraph: "population") { created changed problems refusal { code } } }';
        await ask(register);
        schema = CHANGED;
        expect((await ask(register)).registerCatalogue).toMatchObject({ changed: ['101001/000001'], refusal: null });
        clock += DAY;
        const { catalogueTasks } = await ask('{ catalogueTasks { items { kind subject clauses due age overdue } } }');
        expect(catalogueTasks.items).toContainEqual({
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
