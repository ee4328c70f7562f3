import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { stringify } from 'yaml';
import { composeCommand } from '../../../cli/compose.command.js';
import { checkGraph, checkShares } from '../../../cli/check-graph.js';
import { composeGraph } from '../../../gateway/supergraph/compose-graph.js';
import { GraphHolder } from '../../../gateway/supergraph/graph-holder.js';
import { graphLoader } from '../../../gateway/supergraph/open-graph.js';
import { Tasks } from '../../../gateway/supergraph/composer/tasks.js';
import { shareRulesCheck } from '../../../gateway/supergraph/share-rules.js';
import { readPublishers } from '../../../shared/config/read-publishers.js';
import { HubError } from '../../../shared/kernel/index.js';
import type { Consent, ReleasePolicy } from '../../../shared/share/releases/release.js';
import type { ShareProblem } from '../../../shared/share/share-index.js';

type Sdl = Readonly<Record<string, string>>;

const committed = (name: string) => readFileSync(join('schema', 'subgraphs', `${name}.graphql`), 'utf8');
/** The demo's departments that the hostile ones are after. */
export const DEMO: Sdl = Object.fromEntries(
  ['geography', 'population', 'legal-entity', 'social-security'].map((name) => [name, committed(name)]),
);

export const SHARE_LINK =
  '@link(url: "https://sharehub.dev/share/v1.0", import: ["@share", "@resource", "@basic", "@subject", "@filters", "@derivable", "@copyOf"])';
const FEDERATION_LINK =
  '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@override", "@interfaceObject", "@inaccessible"])';

/** SDL with the usual links before it, unless it has links of its own. */
export const linked = (sdl: string): string =>
  sdl.includes('@link') ? sdl : `extend schema ${FEDERATION_LINK} ${SHARE_LINK}\n${sdl}`;

/** Permits of publishers: the demo's, and `education` with two subgraphs of its own. */
export const POLICY: ReleasePolicy = (() => {
  const { publishers, consents } = readPublishers(join('schema', 'publishers.yaml'));
  return {
    consents,
    publishers: new Map([...publishers, ['education', ['education']], ['education-2', ['education']]]),
  };
})();
export const withConsents = (...consents: readonly Consent[]): ReleasePolicy => ({
  ...POLICY,
  consents: [...POLICY.consents, ...consents],
});

/** Problems of a graph, as each way to publish it reports them. */
export interface Doors {
  /** Problems that `sharehub check` finds. */
  check(subgraphs: Sdl, policy?: ReleasePolicy): Promise<readonly ShareProblem[]>;
  /** The same under each of several policies; composed once. */
  checkUnder(subgraphs: Sdl, policies: readonly ReleasePolicy[]): readonly (readonly ShareProblem[])[];
  /** `sharehub compose`: what it wrote, and what it said. */
  compose(subgraphs: Sdl, policy?: ReleasePolicy): Promise<{ written: boolean; said: string }>;
  /** A gateway with the demo in force takes the graph: which one is served afterwards, and why. */
  load(subgraphs: Sdl, policy?: ReleasePolicy): Promise<{ serves: 'demo' | 'new'; problems: readonly ShareProblem[] }>;
  close(): Promise<void>;
}

export async function openDoors(): Promise<Doors> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  let count = 0;
  const put = async (subgraphs: Sdl, { publishers, consents }: ReleasePolicy) => {
    const config = join(folder, `${count++}.yaml`);
    const entries = Object.entries(subgraphs).map(([name, sdl]) => [
      name,
      { routing_url: `http://127.0.0.1/${name}`, schema: { sdl: linked(sdl) } },
    ]);
    await writeFile(config, stringify({ subgraphs: Object.fromEntries(entries) }));
    const file = `${config}.publishers`;
    const written = consents.map((consent) => ({ ...consent, until: new Date(consent.until).toISOString() }));
    await writeFile(file, stringify({ publishers: Object.fromEntries(publishers), consents: written }));
    return { config, publishers: file };
  };
  const holder = new GraphHolder<{ close(): void }>();
  const open = async (sdl: Sdl, policy: ReleasePolicy) =>
    holder.swap(
      graphLoader(
        { config: (await put(sdl, policy)).config },
        {
          fetchSdl: () => Promise.reject(new Error('nobody is asked')),
          makeGraph: async (task) => new Tasks().graph(task),
          checkShares: shareRulesCheck(false, pino({ level: 'silent' })),
          readPolicy: async () => policy,
          createEngine: () => ({ close: () => undefined }),
        },
        holder,
      ),
    );
  const first = await open(DEMO, POLICY);
  if (first.kind !== 'swapped') throw first.kind === 'refused' ? first.error : new Error(first.kind);
  let demo = first.graph;
  return {
    async check(subgraphs, policy = POLICY) {
      const { config } = await put(subgraphs, policy);
      return (await checkGraph(config, () => policy)).shares?.problems ?? [];
    },
    checkUnder(subgraphs, policies) {
      const loaded = Object.entries(subgraphs).map(([name, sdl]) => ({
        name,
        url: 'http://127.0.0.1',
        sdl: linked(sdl),
      }));
      const composed = composeGraph(loaded);
      return policies.map((policy) => checkShares(loaded, composed, policy).problems);
    },
    async compose(subgraphs, policy = POLICY) {
      const { config, publishers } = await put(subgraphs, policy);
      let [out, said] = ['', ''];
      const command = composeCommand({ out: (text) => (out += text), err: (text) => (said += text) });
      await command.parseAsync(['--config', config, '--publishers', publishers], { from: 'user' });
      process.exitCode = 0;
      return { written: out !== '', said };
    },
    async load(subgraphs, policy = POLICY) {
      const result = await open(subgraphs, policy);
      const serves = holder.current?.graph === demo ? 'demo' : 'new';
      if (serves === 'new') {
        const back = await open(DEMO, POLICY);
        if (back.kind === 'swapped') demo = back.graph;
      }
      const error = result.kind === 'refused' ? result.error : undefined;
      return { serves, problems: error instanceof HubError ? ((error.details.errors ?? []) as ShareProblem[]) : [] };
    },
    async close() {
      await holder.close();
      await rm(folder, { recursive: true });
    },
  };
}
