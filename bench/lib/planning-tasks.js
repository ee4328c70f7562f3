import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, parse, validate } from 'graphql';
import { loadGraph } from '../../dist/gateway/plan/load-graph.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])';

/** The operations that are planned, one after the other, each with its limit in milliseconds.
 *  @param demo  supergraph of the demo */
export function* planningTasks(demo) {
  yield task('demo: a resident, as in the README', demo, 5, RESIDENT);
  yield task('demo: enterprises and who represents them', demo, 5, ENTERPRISES);
  yield task('200 fields of 20 subgraphs', wideGraph(20, 10), 50, wideQuery(20, 10));
  yield task('200 fields of 20 subgraphs, each field in three', wideGraph(20, 10, 3), 50, wideQuery(20, 10));
  yield task('a chain of inputs over 20 subgraphs', chainGraph(20), 50, `{ record { f19 } }`);
}

function task(title, supergraph, limit, query) {
  const ours = loadGraph(supergraph);
  const schema = buildSchema(ours.consumerSchema);
  const theirs = Supergraph.build(supergraph, { supportedFeatures: null, validateSupergraph: false });
  const planner = new QueryPlanner(theirs);
  const document = parse(query);
  const operation = operationFromDocument(theirs.apiSchema(), document);
  const run = {
    sharehub: () => ours.plan(query),
    apollo: () => planner.buildQueryPlan(operation),
    check: () => validate(schema, parse(query)),
  };
  const problems = run.check();
  if (problems.length > 0) throw new Error(`${title}: ${problems[0].message}`);
  return {
    title,
    limit,
    run,
    fetches: { sharehub: countOurs(run.sharehub().node), apollo: countTheirs(run.apollo().node) },
  };
}

const countOurs = (node) => (node.kind === 'Steps' ? node.steps.length : 1);
const countTheirs = (node) =>
  node.kind === 'Fetch' ? 1 : node.kind === 'Flatten' ? countTheirs(node.node) : sum(node.nodes.map(countTheirs));
const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);

const RESIDENT = `{ resident(idNumber: "330102197501067411") { name phone annualIncome livingAllowanceEligible division { name }
  pensionInsurance { status monthsPaid } medicalInsurance { status } enterprises { name annualRevenue } certificates { kind status } } }`;
const ENTERPRISES = `{ enterprises(first: 20) { nodes { name division { name parent { name } } certificates { kind }
  legalRepresentative { name pensionInsurance { status } livingAllowanceEligible division { name } } } } }`;

/** Subgraphs that each add fields to one record.
 *  @param copies  in how many subgraphs each field is */
function wideGraph(subgraphs, fields, copies = 1) {
  return compose(
    Array.from({ length: subgraphs }, (_, own) => {
      const named = Array.from({ length: copies }, (_, copy) => (own + copy) % subgraphs).flatMap((home) =>
        Array.from({ length: fields }, (_, n) => `f${home}x${n}: String${copies > 1 ? ' @shareable' : ''}`),
      );
      const root = own === 0 ? 'type Query { record: Record }' : '';
      return `${root} type Record @key(fields: "id") { id: ID! ${named.join(' ')} }`;
    }),
  );
}

const wideQuery = (subgraphs, fields) =>
  `{ record { ${Array.from({ length: subgraphs * fields }, (_, n) => `f${Math.floor(n / fields)}x${n % fields}`).join(' ')} } }`;

/** Subgraphs of which each needs a field of the one before. */
function chainGraph(subgraphs) {
  return compose(
    Array.from({ length: subgraphs }, (_, n) =>
      n === 0
        ? 'type Query { record: Record } type Record @key(fields: "id") { id: ID! f0: Int }'
        : `type Record @key(fields: "id") { id: ID! f${n - 1}: Int @external f${n}: Int @requires(fields: "f${n - 1}") }`,
    ),
  );
}

function compose(sdls) {
  const services = sdls.map((sdl, n) => ({
    name: `s${n}`,
    url: 'http://127.0.0.1/',
    typeDefs: parse(`${LINK} ${sdl}`),
  }));
  const { supergraphSdl, errors } = composeServices(services, { disableValidationRules: ['SatisfiabilityRule'] });
  if (errors?.length) throw new Error(`The bench's graph does not compose: ${errors.map(String).join('\n')}`);
  return supergraphSdl;
}
