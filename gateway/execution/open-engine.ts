import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { listNotSharedModes, readProfile } from '../../shared/law/index.js';
import { readOperationLimits } from '../operation/limits.js';
import { readIdentifiers } from '../operation/read-identifiers.js';
import { Decider } from '../permission/decider.js';
import type { QuotaLedger } from '../permission/quota-ledger.js';
import type { PlannedGraph } from '../plan/planned-graph.js';
import type { Graph } from '../supergraph/graph.js';
import { buildOpenIndex, readSubjects } from '../supergraph/share-rules.js';
import { createEngine } from './engine.js';
import type { GraphEngine } from './graph-engine.js';

export interface EngineSettings {
  readonly config: Config;
  /** Decides nothing, and serves everything to anybody. */
  readonly permissive: boolean;
  readonly quota: QuotaLedger;
  readonly logger: Logger;
}

/** Opens everything that runs operations on a graph, by the settings of the hub. */
export function openEngine(
  graph: Graph,
  planned: PlannedGraph,
  { config, permissive, quota, logger }: EngineSettings,
): GraphEngine {
  const subjects = readSubjects(graph.shares);
  const execution = createEngine({
    planned,
    schema: graph.schema,
    subgraphs: graph.subgraphs,
    subjects,
    identifiers: readIdentifiers(graph.shares, graph.schema, subjects),
    releases: graph.shares?.releases,
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
    onFault: (err, coordinate) => logger.error({ err, coordinate }, 'a share rule threw; the item is refused'),
  });
  return {
    execution,
    decider,
    prepare: (text, name) => execution.prepare(text, name),
    close: () => execution.close(),
  };
}
