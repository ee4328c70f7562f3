import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../gateway/operation/limits.js';
import { NO_IDENTIFIERS } from '../../gateway/operation/identifier-arguments.js';
import { readClaimArguments } from '../../gateway/operation/claims-in-text.js';
import { prepareOperation } from '../../gateway/operation/prepare-operation.js';
import { catalogue } from '../permission/support/catalogue.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const { schema, index } = catalogue({
  population: `
    type Query ${OPEN} {
      person(id: ID!): Person
      verify(id: ID!, income: Int @compares(field: "Person.income"), all: [Row!]): Boolean }
    type Person @key(fields: "id") @resource(code: "1", name: "Persons", provider: "police") ${OPEN} {
      id: ID! @subject(kind: PERSON) income: Int @share(type: NOT_SHARED, basis: ["Law 1"]) @verifiable }
    input Row { id: ID! claims: Claims! }
    input Claims { income: Int @compares(field: "Person.income") }`,
});
const claims = readClaimArguments(index, schema);
const recorded = (text: string) =>
  prepareOperation(schema, text, undefined, DEFAULT_LIMITS, NO_IDENTIFIERS, claims).recordedId;

describe('the operation hash of the access record', () => {
  it.each([
    ['as a literal', (claim: number) => `{ verify(id: "1", income: ${claim}) }`],
    [
      'within a literal input',
      (claim: number) => `{ verify(id: "1", all: [{ id: "1", claims: { income: ${claim} } }]) }`,
    ],
    ['as the default of a variable', (claim: number) => `query ($c: Int = ${claim}) { verify(id: "1", income: $c) }`],
    [
      'in a fragment',
      (claim: number) => `{ ...Asked } fragment Asked on Query { one: verify(id: "1", income: ${claim}) }`,
    ],
  ])('does not depend on a claim that is written %s', (_, text) => {
    expect(recorded(text(5_000))).toBe(recorded(text(6_000)));
    const { id } = prepareOperation(schema, text(5_000), undefined, DEFAULT_LIMITS, NO_IDENTIFIERS, claims);
    expect(id).not.toBe(recorded(text(5_000)));
  });

  it('tells operations apart that ask for other things, and is of the whole text where no claim is made', () => {
    expect(recorded('{ verify(id: "1", income: 1) }')).not.toBe(recorded('{ verify(id: "1", all: []) }'));
    expect(recorded('{ person(id: "1") { id } }')).not.toBe(recorded('{ person(id: "2") { id } }'));
    const variables = 'query ($id: ID!, $c: Int) { verify(id: $id, income: $c) }';
    expect(recorded(variables)).toBe(prepareOperation(schema, variables, undefined, DEFAULT_LIMITS).id);
  });
});
