import {
  Kind,
  print,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { parseOnce } from '../parse-once.js';
import { coordinate } from '../../kernel/index.js';
import { parseFieldSet } from '../field-set.js';
import type { ShareProblem } from '../share-index.js';
import { argument } from '../share-spec.js';
import type { FieldStatement, SubgraphShares } from '../statements.js';

/** Compares what the composer understood of each subgraph with what was read of it here. The hub sends what the
 *  supergraph says; a key, a required input or an override that only the composer has seen could not have been checked.
 *  @source share-rules section 1, reading rule 2 and rule 10 */
export function checkComposed(supergraphSdl: string, subgraphs: readonly SubgraphShares[]): ShareProblem[] {
  const document = parseOnce(supergraphSdl);
  const names = graphNames(document);
  const shares = new Map(subgraphs.map((each) => [each.subgraph, each]));
  const statements = new Map(subgraphs.map((each) => [each.subgraph, statementsOf(each)]));
  const problems: ShareProblem[] = [];
  const differ = (subgraph: string, at: string, what: string) =>
    problems.push({
      code: 'SDL_READ_DIFFERENTLY',
      severity: 'error',
      subgraph,
      coordinate: at,
      message: `The composer reads ${what} of ${at} in subgraph ${subgraph} otherwise than the share rules do. Write it plainly.`,
    });

  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const graphs = new Set<string>();
    for (const join of uses(type, 'join__type')) {
      const subgraph = names.get(String(argument(join, 'graph'))) ?? '';
      graphs.add(subgraph);
      const key = argument(join, 'key');
      if (typeof key !== 'string') continue;
      const resolvable = argument(join, 'resolvable') !== false;
      const isRead = shares
        .get(subgraph)
        ?.keys.some(
          (each) =>
            each.type === type.name.value && plain(each.fields) === plain(key) && (each.resolvable || !resolvable),
        );
      if (!isRead) differ(subgraph, type.name.value, 'a key');
    }
    for (const field of type.fields ?? []) {
      const at = coordinate(type.name.value, field.name.value);
      for (const [subgraph, join] of joinsOf(field, graphs, names)) {
        const statement = statements.get(subgraph)?.get(at);
        for (const what of differences(statement, join)) differ(subgraph, at, what);
      }
    }
  }
  return problems;
}

type Statements = ReadonlyMap<string, FieldStatement>;
/** By subgraph: the next graph has most of them from the one before. */
const known = new WeakMap<SubgraphShares, Statements>();

function statementsOf(shares: SubgraphShares): Statements {
  let statements = known.get(shares);
  if (!statements) known.set(shares, (statements = new Map(shares.fields.map((each) => [each.coordinate, each]))));
  return statements;
}

function* differences(statement: FieldStatement | undefined, join: ConstDirectiveNode | undefined): Iterable<string> {
  const said = (name: string) => {
    const value = join && argument(join, name);
    return typeof value === 'string' ? value : undefined;
  };
  if (argument(join ?? NOTHING, 'external') !== true && (!statement || statement.external)) yield 'who resolves it';
  for (const name of ['requires', 'provides'] as const) {
    const set = said(name);
    if (set !== undefined && (statement?.[name] === undefined || plain(statement[name]) !== plain(set)))
      yield `@${name}`;
  }
  if (said('override') !== undefined && said('override') !== statement?.overrides) yield '@override';
  if (join?.arguments?.some(({ name }) => name.value === 'contextArguments')) yield 'arguments from a context';
}

const NOTHING = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: '' } } as const;

/** Subgraphs that the composer joined to a field, each with its statement; all of the type's where it made none. */
function joinsOf(
  field: FieldDefinitionNode,
  graphs: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
): [string, ConstDirectiveNode | undefined][] {
  const joins = uses(field, 'join__field');
  if (joins.length === 0) return [...graphs].map((subgraph) => [subgraph, undefined]);
  return joins.flatMap((join): [string, ConstDirectiveNode][] => {
    const subgraph = names.get(String(argument(join, 'graph')));
    return subgraph === undefined ? [] : [[subgraph, join]];
  });
}

const uses = (node: { directives?: readonly ConstDirectiveNode[] }, name: string): readonly ConstDirectiveNode[] =>
  (node.directives ?? []).filter((directive) => directive.name.value === name);

/** A field set as it would be printed, so that blanks and braces make no difference. */
function plain(fields: string): string {
  const set = parseFieldSet(fields);
  if (!set) return fields;
  let text = printed.get(set);
  if (text === undefined) printed.set(set, (text = print(set).replace(/\s+/g, ' ')));
  return text;
}
const printed = new WeakMap<SelectionSetNode, string>();

/** Subgraph names by their value of `join__Graph`. */
function graphNames(document: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? [])
      names.set(value.name.value, String(argument(uses(value, 'join__graph')[0] ?? NOTHING, 'name')));
  }
  return names;
}
