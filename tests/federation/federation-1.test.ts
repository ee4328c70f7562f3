import { describe, expect, it } from '@jest/globals';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { withLinks } from './support/corpus.js';

const OWNER = '# federation 1\ntype Query { firm: Firm } type Firm @key(fields: "id") { id: ID! name: String }';

/** SDL of a second subgraph beside the owner's, and the problem it is refused with. */
const REFUSED: Readonly<Record<string, readonly [string, string, RegExp]>> = {
  'has a field that a subgraph of federation 2 does not share': [
    'type Firm @key(fields: "id") { id: ID! name: String }',
    'INVALID_FIELD_SHARING',
    /"Firm.name".*"a" and "b"/,
  ],
  'uses a directive of federation 2': [
    '# federation 1\ntype Firm @key(fields: "id") { id: ID! seat: String @shareable }',
    'INVALID_GRAPHQL',
    /\[b\].*@shareable/,
  ],
  'requires a field that nobody has': [
    '# federation 1\nextend type Firm @key(fields: "id") { id: ID! @external income: Int @external tax: Int @requires(fields: "income") }',
    'EXTERNAL_MISSING_ON_BASE',
    /"Firm.income".*"b"/,
  ],
  'extends a type that nobody defines': [
    '# federation 1\nextend type Query { seat: Seat } extend type Seat @key(fields: "id") { id: ID! @external street: String }',
    'EXTENSION_WITH_NO_BASE',
    /\[b\].*"Seat"/,
  ],
  'extends an entity without its key': [
    '# federation 1\nextend type Firm { seat: String }',
    'SATISFIABILITY_ERROR',
    /Firm\.seat.*subgraph b/,
  ],
  'gives a shared field another type': [
    '# federation 1\nextend type Query { firms: [Firm] } type Firm @key(fields: "id") { id: ID! name: Int }',
    'FIELD_TYPE_MISMATCH',
    /"Firm.name".*"String".*"a".*"Int".*"b"/,
  ],
  'has a key of a field that is not there': [
    '# federation 1\ntype Firm @key(fields: "code") { id: ID! }',
    'KEY_INVALID_FIELDS',
    /\[b\].*"Firm".*"code"/,
  ],
};

describe('beside a subgraph of federation 1, another is refused by name where it', () => {
  for (const [sentence, [sdl, code, message]] of Object.entries(REFUSED)) {
    it(sentence, () => {
      const subgraphs = Object.entries(withLinks({ a: OWNER, b: sdl }));
      const compose = () => composeGraph(subgraphs.map(([name, text]) => ({ name, sdl: text, url: 'http://a.test/' })));
      expect(compose).toThrow(
        expect.objectContaining({
          code: 'COMPOSITION_FAILED',
          details: { errors: [expect.objectContaining({ code, message: expect.stringMatching(message) })] },
        }),
      );
    });
  }
});
