import { ConnectedSources, type SourceState, type SourcesOptions } from '../../../shared/sources/connected-sources.js';
import type { ConnectedTable } from '../../../shared/sources/connected-table.js';
import { boundTo, type RegisteredSource } from '../../../shared/sources/registered-source.js';
import { startTestSubgraph, type TestSubgraph } from '../../../shared/subgraph/testing/index.js';
import { encryptSecret, envelopeKeys } from '../../../shared/trust/secret-envelope.js';
import { Pupil, PUPILS, schoolSubgraph } from './school.js';
import { HOSTS, READER_PASSWORD } from './source-database.js';

export const KEYS = envelopeKeys('a secret that only the tests know of.', 'source-credentials');

export const sealed = async (source: RegisteredSource, password = READER_PASSWORD): Promise<RegisteredSource> => ({
  ...source,
  credential: await encryptSecret(password, KEYS.public, boundTo(source)),
});

/** A subgraph over a source that is looked at often, with what is said of the source. */
export interface WatchedSubgraph {
  readonly sources: ConnectedSources;
  readonly subgraph: TestSubgraph;
  /** Resolves when the faults of the source are these codes. */
  readonly until: (...codes: string[]) => Promise<SourceState>;
  readonly askForName: (number?: string) => Promise<{ name: unknown; code: unknown; message: unknown }>;
  stop(): Promise<void>;
}

export async function watchSource(
  source: RegisteredSource,
  { table = PUPILS, ...options }: Partial<SourcesOptions> & { readonly table?: ConnectedTable } = {},
): Promise<WatchedSubgraph> {
  const waiting = new Set<() => void>();
  const sources = new ConnectedSources({
    hosts: HOSTS,
    keys: KEYS,
    timeZone: 'Asia/Shanghai',
    connectMs: 500,
    statementMs: 2_000,
    lookMs: 50,
    retryMs: 50,
    onState: () => [...waiting].forEach((look) => look()),
    ...options,
  });
  await sources.register([source]);
  const opened = await sources.open(source, [{ table, class: Pupil }]);
  const subgraph = await startTestSubgraph(schoolSubgraph, { sources: [opened.database] });
  return {
    sources,
    subgraph,
    until: (...codes) =>
      new Promise((resolve) => {
        const look = () => {
          const state = sources.states[0];
          if (JSON.stringify(state?.faults.map(({ code }) => code)) !== JSON.stringify(codes)) return;
          waiting.delete(look);
          resolve(state!);
        };
        waiting.add(look);
        look();
      }),
    async askForName(number = 'S001') {
      const { records, errors } = await subgraph.entities('Pupil', [{ number }], 'name');
      const [error] = errors as { extensions?: { code?: string }; message?: string }[];
      return { name: records[0]?.['name'], code: error?.extensions?.code, message: error?.message };
    },
    async stop() {
      await subgraph.stop();
      await opened.close();
      await sources.stop();
    },
  };
}
