import { describe, expect, it } from '@jest/globals';
import { catalogue } from './support/catalogue.js';

const OPEN = '@share(type: UNCONDITIONAL)';
const CONDITIONAL = '@share(type: CONDITIONAL)';
const SECRET = '@share(type: NOT_SHARED, basis: ["Law 1"])';

/** Persons and the firms that they represent; each side as restricted as a test says. */
const register = (firms: string, person: string, more: { person?: string; firm?: string; query?: string } = {}) => ({
  a: `type Query ${OPEN} { person(id: ID! @filters(field: "Person.id")): Person firms(of: ID @filters(field: "Firm.head")): FirmPage ${more.query ?? ''} }
      type FirmPage ${OPEN} { nodes: [Firm!]! pageInfo: PageInfo! } type PageInfo ${OPEN} { hasNextPage: Boolean! }
      type Person @key(fields: "id") ${OPEN} { id: ID! firms: [Firm!] ${firms} ${more.person ?? ''} }
      type Firm @key(fields: "code") ${OPEN} { code: ID! head: Person ${person} ${more.firm ?? ''} }`,
});

describe('Rule 12: the inverse of a restricted relation is as restricted as the relation', () => {
  it('refuses a relation whose inverse is open, and names the root arguments that list by it', () => {
    const { problems, errors } = catalogue(register(CONDITIONAL, ''));
    expect(errors).toEqual(['INVERSE_OPEN Firm.head']);
    expect(problems[0]!.item).toBe('Person.firms');
    expect(problems[0]!.message).toMatch(/^Person.firms is CONDITIONAL, .*Query.firms\(of:\)/);
  });

  it('refuses it in either direction, and where both are restricted differently', () => {
    expect(catalogue(register('', CONDITIONAL)).errors).toEqual(['INVERSE_OPEN Person.firms']);
    expect(catalogue(register(SECRET, CONDITIONAL)).errors).toEqual(['INVERSE_OPEN Firm.head']);
  });

  it('finds it through pages and unions', () => {
    const paged = register('', '', { person: `ran: FirmPage ${CONDITIONAL}` });
    expect(catalogue({ a: paged.a.replace('firms: [Firm!]', 'count: Int') }).errors).toEqual([
      'INVERSE_OPEN Firm.head',
    ]);
    const union = register('', CONDITIONAL, { firm: '' });
    const either =
      union.a.replace('head: Person', 'head: Head') + ' union Head = Person | Agency type Agency { name: String } ';
    expect(catalogue({ a: either.replace('type Agency {', `type Agency ${OPEN} {`) }).errors).toEqual([
      'INVERSE_OPEN Person.firms',
    ]);
  });

  it('refuses a root field that lists one side by the identifier of the other', () => {
    const query = 'firmsOf(person: ID! @filters(field: "Person.id")): [Firm]';
    const { errors } = catalogue(register(CONDITIONAL, CONDITIONAL, { query }));
    expect(errors).toEqual(expect.arrayContaining(['INVERSE_OPEN Query.firmsOf(person:)']));
    expect(catalogue(register(CONDITIONAL, CONDITIONAL, { query: `${query} ${CONDITIONAL}` })).errors).toEqual([]);
  });

  it('lets a relation be that is as restricted both ways, or whose open inverse may be another one’s', () => {
    for (const type of [OPEN, CONDITIONAL, SECRET]) expect(catalogue(register(type, type)).errors).toEqual([]);
    expect(catalogue(register(CONDITIONAL, '', { person: 'listed: [Firm!]' })).errors).toEqual([]);
    const self = {
      a: `type Query ${OPEN} { a: Unit } type Unit @key(fields: "id") ${OPEN} { id: ID! above: Unit below: [Unit!] ${CONDITIONAL} }`,
    };
    expect(catalogue(self).errors).toEqual([]);
  });

  it('lets one side of a union be open where the other side is what restricts it', () => {
    const read = catalogue({
      a: `type Query ${OPEN} { paper: Paper } union Holder = Person | Firm
          type Paper @key(fields: "number") ${OPEN} { number: ID! holder: Holder ${CONDITIONAL} }
          type Person @key(fields: "id") ${OPEN} { id: ID! papers: [Paper!] ${CONDITIONAL} }
          type Firm @key(fields: "code") ${OPEN} { code: ID! papers: [Paper!] }`,
    });
    expect(read.errors).toEqual([]);
  });
});
