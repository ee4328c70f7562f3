import type { KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { listNotSharedModes, readProfile } from '../../shared/law/index.js';
import { readOperationLimits } from '../operation/limits.js';
import { readClaimArguments } from '../operation/claims-in-text.js';
import { readIdentifiers } from '../operation/read-identifiers.js';
import { Decider } from '../permission/decider.js';
import { findSubjectFields } from '../permission/protections.js';
import type { QuotaLedger } from '../permission/quota-ledger.js';
import type { PlannedGraph } from '../plan/planned-graph.js';
import type { Graph } from '../supergraph/graph.js';
import { buildOpenIndex, readSubjects } from '../supergraph/share-rules.js';
import { createEngine } from './engine.js';
import type { GraphEngine } from './graph-engine.js';
import type { FetchClient } from './subgraph-client.js';

export interface EngineSettings {
  readonly config: Config;
  /** Decides nothing, and serves everything to anybody. */
  readonly permissive: boolean;
  readonly quota: QuotaLedger;
  readonly logger: Logger;
  /** The subgraph that a department runs on a machine of its own, where the graph is a variant. */
  readonly variant?: VariantSubgraph | undefined;
}

/** A subgraph that is reached over the connection of its department's command. */
export interface VariantSubgraph {
  readonly name: string;
  readonly client: FetchClient;
  /** Key of this variant alone, under which its contexts are signed. */
  readonly key: KeyObject;
}

/** Opens everything that runs operations on a graph, by the settings of the hub. */
export function openEngine(
  graph: Graph,
  planned: PlannedGraph,
  { config, permissive, quota, logger, variant }: EngineSettings,
): GraphEngine {
  const subjects = readSubjects(graph.shares);
  const execution = createEngine({
    planned,
    schema: graph.schema,
    subgraphs: graph.subgraphs,
    clients: variant && new Map([[variant.name, variant.client]]),
    comparisons: graph.comparisons,
    subjects,
    identifiers: readIdentifiers(graph.shares, graph.schema, subjects),
    claims: readClaimArguments(graph.shares, graph.schema),
    releases: graph.shares?.releases,
    subjectFields: graph.shares && findSubjectFields(graph.shares),
    limits: readOperationLimits(config),
    overrides: { active: config.OVERRIDE_LABELS.split(',').map((label) => label.trim()) },
    fetch: { fetchTimeout: config.SUBGRAPH_TIMEOUT_MS, answerBytes: config.SUBGRAPH_MAX_BYTES },
    deadline: config.REQUEST_DEADLINE_MS,
    expose: config.EXPOSE_PROVIDER_ERRORS,
  });
  const decider = new Decider(graph.shares ?? buildOpenIndex(graph.schema), quota, {
    permissive,
    timeZone: config.TIME_ZONE,
    notSharedModes: listNotSharedModes(readProfile(config.SHAREHUB_PROFILE)),
    tried: variant?.name,
    onFault: (err, coordinate) => logger.error({ err, coordinate }, 'a share rule threw; the item is refused'),
  });
  return {
    execution,
    decider,
    ownKeys: variant && new Map([[variant.name, variant.key]]),
    prepare: (text, name) => execution.prepare(text, name),
    close: () => execution.close(),
  };
}
