import type { DocumentNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { writeItems } from '../../shared/share/item-texts.js';
import { parseOnce } from '../../shared/share/parse-once.js';
import type { ReleasePolicy } from '../../shared/share/releases/release.js';
import type { ShareIndex, ShareProblem } from '../../shared/share/share-index.js';
import { checkCarriedOut } from '../../shared/share/unsupported-directives.js';
import { readConsumerDocument } from '../plan/consumer-schema.js';
import { writeFederatedTypes, type FederatedFrame } from '../plan/federated-schema-texts.js';
import { findWithheld } from '../plan/find-unreachable.js';
import { readFederatedSchema } from '../plan/read-federated-schema.js';
import { readJoinFacts, type JoinFacts } from '../plan/supergraph-facts.js';
import { buildPlainSchema, restrictFields, withoutMachinery } from './build-consumer-schema.js';
import { composeGraph } from './compose-graph.js';
import { findHubComparisons, type HubComparison } from './hub-comparisons.js';
import { graphVersion, subgraphsOf, type GraphSubgraph } from './graph.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { refuseUnreachable } from './refuse-unreachable.js';
import { describeSchema, type DescribedSchema } from './schema/describe-schema.js';
import { readShareRules } from './share-rules.js';
import { writeTable, type Table } from './table.js';

/** What a graph is made of. */
export type GraphInput =
  | {
      readonly subgraphs: readonly LoadedSubgraph[];
      /** Permits and consents; in permissive mode nobody is asked for them, and what nobody catalogued is unconditional. */
      readonly policy: ReleasePolicy | undefined;
    }
  /** Composed by somebody else. It carries no share rules. */
  | { readonly supergraphSdl: string };

/** A graph that was made: values, and tables of texts. */
export interface MadeGraph {
  readonly version: string;
  readonly supergraphSdl: string;
  readonly subgraphs: ReadonlyMap<string, GraphSubgraph>;
  /** For the planner. */
  readonly frame: FederatedFrame;
  readonly types: Table;
  /** For the executor: every type and field, also inaccessible ones. */
  readonly facts: JoinFacts;
  readonly whole: DescribedSchema;
  /** The consumers' schema. */
  readonly consumer: DescribedSchema;
  readonly shares?: MadeShares;
  /** What is wrong with its share rules, or to be noted. */
  readonly problems: readonly ShareProblem[];
  /** For subgraphs that cannot compare claims by themselves. */
  readonly comparisons: readonly HubComparison[];
}
interface MadeShares {
  readonly frame: Omit<ShareIndex, 'items' | 'byCoordinate' | 'releases'>;
  /** Items without their index, in index order. */
  readonly items: Table;
  /** By subgraph; absent in permissive mode. */
  readonly releases?: Table;
}

/** Makes a graph: composed, checked, its share rules read. Takes seconds where there are hundreds of subgraphs.
 *  @throws HubError COMPOSITION_FAILED */
export function makeGraph(input: GraphInput): MadeGraph {
  const loaded = 'subgraphs' in input ? input.subgraphs : undefined;
  const supergraphSdl = 'subgraphs' in input ? composeGraph(input.subgraphs).supergraphSdl : input.supergraphSdl;
  return asRefusal(() => {
    const subgraphs = subgraphsOf(supergraphSdl, loaded);
    const document = parseOnce(supergraphSdl);
    // One that was composed here has been checked.
    if (!loaded) refuseForeign(supergraphSdl, document);
    const { frame, types } = readFederatedSchema(document);
    const visible = withoutMachinery(readConsumerDocument(document));
    const schema = buildPlainSchema(visible);
    const rules =
      'subgraphs' in input
        ? readShareRules(input.subgraphs, { supergraphSdl, schema }, { permissive: !input.policy, ...toTrust(input) })
        : undefined;
    const comparisons = loaded ? findHubComparisons(loaded).comparisons : [];
    return {
      version: graphVersion(supergraphSdl, rules?.index, comparisons),
      supergraphSdl,
      subgraphs,
      frame,
      types: writeTable(writeFederatedTypes(types.values())),
      facts: readJoinFacts(document),
      whole: describeSchema(document),
      consumer: describeSchema(
        rules ? restrictFields(visible, rules.index, findWithheld(supergraphSdl, rules.index.releases)) : visible,
      ),
      ...(rules && { shares: toTables(rules.index) }),
      problems: rules?.problems ?? [],
      comparisons,
    };
  });
}

function toTables({ items, byCoordinate: _, releases, ...frame }: ShareIndex): MadeShares {
  return {
    frame,
    items: { names: items.map(({ coordinate }) => coordinate), texts: writeItems(items) },
    ...(releases && { releases: writeTable([...releases].map(([name, all]) => [name, JSON.stringify(all)])) }),
  };
}

const toTrust = ({ policy }: { readonly policy: ReleasePolicy | undefined }) =>
  policy && { trust: { ...policy, now: Date.now() } };

/** Refuses a supergraph that another composer made with fields that no plan answers, or with security features that this
 *  engine would ignore.
 *  @source share-rules section 1, rule 11 */
function refuseForeign(supergraphSdl: string, document: DocumentNode): void {
  const errors = checkCarriedOut('supergraph', document);
  if (errors.length > 0)
    throw new HubError(
      'COMPOSITION_FAILED',
      `The supergraph was refused. ${errors.map(({ message }) => message).join(' ')}`,
      { errors },
    );
  refuseUnreachable(supergraphSdl);
}

function asRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw toRefusal(cause);
  }
}

export const toRefusal = (cause: unknown): HubError =>
  cause instanceof HubError
    ? cause
    : new HubError('COMPOSITION_FAILED', `The graph was refused: ${(cause as Error).message}`, {}, { cause });
