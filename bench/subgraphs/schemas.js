import { readFileSync } from 'node:fs';
import { buildASTSchema, Kind, parse } from 'graphql';
import * as data from './data.js';

export const SUBGRAPHS = ['population', 'geography', 'legal-entity', 'licence'];

export const sdlOf = (name) => readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8');

/** Entities by type, then by their representation. */
const ENTITIES = {
  population: { Resident: ({ idNumber }) => data.resident(idNumber) },
  geography: { Division: ({ code }) => data.division(code) },
  'legal-entity': {
    Enterprise: ({ creditCode }) => data.enterprise(creditCode),
    Resident: ({ idNumber }) => ({ idNumber, enterprises: () => data.enterprisesOf(idNumber) }),
  },
  licence: {
    Certificate: ({ number }) => data.certificate(number),
    Enterprise: ({ creditCode }) => ({ creditCode, licences: () => data.licencesOf(creditCode) }),
    Resident: ({ idNumber, birthDate }) => ({
      idNumber,
      certificates: () => data.certificatesOf(idNumber),
      seniorCard: () => Number(birthDate.slice(0, 4)) <= 1960,
    }),
  },
};
const ROOTS = {
  population: {
    resident: ({ idNumber }) => data.resident(idNumber),
    residents: ({ from, first }) => data.residents(from, first),
  },
  geography: { division: ({ code }) => data.division(code) },
  'legal-entity': { enterprise: ({ creditCode }) => data.enterprise(creditCode) },
  licence: { certificate: ({ number }) => data.certificate(number) },
};

/** An executable federation 2 subgraph and its root value. */
export function subgraphOf(name) {
  const sdl = sdlOf(name);
  const entities = ENTITIES[name];
  const machinery = `
    scalar _Any
    type _Service { sdl: String! }
    union _Entity = ${Object.keys(entities).join(' | ')}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }`;
  const definitions = parse(sdl + machinery).definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION);
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValid: true, assumeValidSDL: true });
  const rootValue = {
    ...ROOTS[name],
    _service: { sdl },
    _entities: ({ representations }) =>
      representations.map((representation) => {
        const { __typename } = representation;
        const entity = entities[__typename]?.(representation);
        return entity && { __typename, ...entity };
      }),
  };
  return { schema, rootValue };
}
