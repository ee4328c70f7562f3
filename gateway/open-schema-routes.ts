import { printSchema, type GraphQLSchema } from 'graphql';
import { HubError, type Caller, type Language } from '../shared/kernel/index.js';
import { scenarioKey, type GovernanceFeed } from '../shared/read-model/read-model.js';
import type { GraphEngine } from './execution/graph-engine.js';
import { schemaRoutes, type SchemaRoutesOptions } from './http/schema/schema-routes.js';
import type { Route } from './http/routes.js';
import { describeTypes } from './permission/describe-types.js';
import { say } from './request/messages/index.js';
import type { GraphHolder } from './supergraph/graph-holder.js';

/** The routes of the schema over the graph in force, whichever that is when a request comes.
 *  @param language  of callers that name none */
export function openSchemaRoutes(
  holder: GraphHolder<GraphEngine>,
  identify: SchemaRoutesOptions['identify'],
  feed: GovernanceFeed,
  language: Language,
): Route[] {
  const printed = new WeakMap<GraphQLSchema, string>();
  const requireGraph = () => {
    if (!holder.current) throw new HubError('NOT_READY', say('http.noGraph'));
    return holder.current;
  };
  const requireScenario = async ({ department }: Caller, scenario: string | undefined) => {
    const snapshot = feed.fresh() ?? (await feed.current());
    if (scenario !== undefined && !snapshot.scenarios.has(scenarioKey(department, scenario)))
      throw new HubError('SCENARIO_UNKNOWN', say('caller.scenarioUnknown', { scenario, department }));
    return snapshot;
  };
  return schemaRoutes({
    identify,
    language,
    printSdl() {
      const { schema } = requireGraph().graph;
      let text = printed.get(schema);
      if (text === undefined) printed.set(schema, (text = printSchema(schema)));
      return text;
    },
    async describeTypes(names, { caller, scenario, language }) {
      const { graph, engine } = requireGraph();
      const { department, person } = caller;
      const snapshot = await requireScenario(caller, scenario);
      const context = { department, person, scenario, language, snapshot, variables: {}, now: Date.now() };
      return describeTypes(names, graph.schema, engine.decider, context);
    },
  });
}
