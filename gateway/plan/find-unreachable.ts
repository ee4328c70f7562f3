import { Kind, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { parseOnce } from '../../shared/share/parse-once.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { FederatedSchema } from './federated-schema.js';
import { explainUnreachable } from './explain-unreachable.js';
import { OverrideLabels } from './override-labels.js';
import { ReachCheck, type UnansweredField } from './reach-check.js';
import { readFederatedSchema } from './read-federated-schema.js';
import { stopKeys } from './stop-keys.js';

/** A field that consumers could ask for and that no plan answers. */
export interface UnreachableField {
  /** `Type.field`. */
  readonly coordinate: string;
  /** Fields from a root field down to the object, e.g. `["Query.person", "Person.spouse"]`. */
  readonly entry: readonly string[];
  /** One reason for each subgraph that has the field. */
  readonly reasons: readonly string[];
}

/** Fields reported; whoever sees more has the same fault many times. */
const REPORTED = 20;

/** Finds fields that no plan answers from some entry.
 *  @param supergraph  a composed supergraph
 *  @throws Error when it is none; HubError PLAN_TOO_COSTLY when it is too large to check */
export function findUnreachable(supergraph: string): UnreachableField[] {
  const document = parseOnce(supergraph);
  const schema = readFederatedSchema(document);
  const inaccessible = readInaccessible(document);
  for (const activeLabels of allLabels(schema)) {
    const found = new ReachCheck(schema, { activeLabels, inaccessible, most: REPORTED }).run();
    if (found.length > 0) return found.map((each) => toUnreachable(schema, each));
  }
  return [];
}

/** Finds fields that some plans cannot answer while no consent is live, because the keys that lead to them must not be sent.
 *  @param releases  everything that the graph releases, by receiving subgraph; none when absent
 *  @returns `Type.field`; for objects whose type cannot be found out, the field that leads to them
 *  @throws HubError PLAN_TOO_COSTLY when the graph is too large to check
 *  @source share-rules section 1, rules 8 and 10 */
export function findWithheld(supergraph: string, releases: ReleasesBySubgraph | undefined): ReadonlySet<string> {
  const findStopped = stopKeys([...(releases?.values() ?? [])].flat().filter(({ needsConsent }) => needsConsent));
  if (!findStopped) return new Set();
  const document = parseOnce(supergraph);
  const schema = readFederatedSchema(document);
  const inaccessible = readInaccessible(document);
  const withheld = allLabels(schema).flatMap((activeLabels) => {
    const check = new ReachCheck(schema, { activeLabels, inaccessible, findStopped });
    return [...check.run().map(({ coordinate }) => coordinate), ...check.untyped];
  });
  return new Set(withheld);
}

type ReleasesBySubgraph = ReadonlyMap<string, readonly Release[]>;

/** Labels of `@override` in every way that matters. Those that an operator switches: all off, and all on. */
const allLabels = ({ labels }: FederatedSchema): readonly ReadonlySet<string>[] => [
  ...new OverrideLabels(labels).all(),
  ...(labels.size > 0 ? [labels] : []),
];

function toUnreachable(
  schema: FederatedSchema,
  { coordinate, field, nodes, entry }: UnansweredField,
): UnreachableField {
  const path: string[] = [];
  for (let at = entry; at; at = at.before) path.unshift(at.coordinate);
  return { coordinate, entry: path, reasons: explainUnreachable(schema, field, nodes) };
}

/** Types and fields that consumers do not see, as `Type` and `Type.field`. */
function readInaccessible(document: DocumentNode): Set<string> {
  const inaccessible = new Set<string>();
  const isMarked = ({ directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined }) =>
    directives.some(({ name }) => name.value === 'inaccessible');
  for (const each of document.definitions) {
    if (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    if (isMarked(each)) inaccessible.add(each.name.value);
    for (const field of each.fields ?? [])
      if (isMarked(field)) inaccessible.add(`${each.name.value}.${field.name.value}`);
  }
  return inaccessible;
}
