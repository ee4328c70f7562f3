import type { Logger } from 'pino';
import { readSupergraphConfig } from '../../gateway/supergraph/index.js';
import type { Config } from '../../shared/config/config.js';
import { readMailSettings } from '../../shared/config/mail-settings.js';
import { statisticsBudget } from '../../shared/config/statistics-budget.js';
import { readListedOrigins } from '../../shared/config/listed-origins.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { SubjectKeys, subjectKeysFile } from '../../shared/evidence/keys/index.js';
import { MessageHosts } from '../../shared/network/message-hosts.js';
import { SourceHosts } from '../../shared/network/source-hosts.js';
import { keyVersionsAt } from '../../shared/read-model/read-key-versions.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { SUBGRAPHS } from '../../subgraphs/index.js';
import { sampleLibraries } from '../../subgraphs/libraries/index.js';
import { listedSubgraphs } from './listed-subgraphs.js';
import { registeredSdl } from './registered-sdl.js';
import type { StartedParts } from './started-parts.js';

export interface StartedSubgraph {
  readonly name: string;
  readonly url: string;
}

/** Starts every subgraph of the list that this package holds, all at once, each on a database of its own.
 *  @param started   takes what stops them; the caller stops it, also when this rejects
 *  @param progress  called with lines about the data that is generated */
export async function startSubgraphs(
  config: Config,
  server: DatabaseServer,
  logger: Logger,
  started: StartedParts,
  progress: (line: string) => void,
): Promise<StartedSubgraph[]> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const subjects = await SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
    onFault: (err) => logger.error({ err }, 'keys of subjects'),
  });
  await started.add('keys of subjects', () => subjects.close());
  const addresses = new Map<string, string>();
  const readSdl = registeredSdl(config.SUPERGRAPH_CONFIG, secret, addresses, keyVersionsAt(server.url('governance')));
  const forGovernance = {
    profile: config.SHAREHUB_PROFILE,
    calendarDir: config.CALENDAR_DIR,
    timeZone: config.TIME_ZONE,
    hashesOf: (subject: string) => subjects.hashesOf(subject),
    readSdl,
    sampleLibraries: config.DEMO_LIBRARIES ? sampleLibraries() : undefined,
    loading: { mostBytes: config.LOAD_MAX_BYTES },
    sourceSettings: {
      hosts: SourceHosts.read(config.SOURCE_HOSTS),
      credentialKey: envelopeKeys(secret, 'source-credentials').public,
    },
    messageSettings: {
      mailDomains: readMailSettings(config)?.domains ?? [],
      robotHosts: config.MESSAGE_HOSTS === '' ? undefined : MessageHosts.read(config.MESSAGE_HOSTS),
      dailyHour: config.MESSAGES_DAILY_HOUR,
      key: envelopeKeys(secret, 'messages').public,
    },
    correctionKeys: envelopeKeys(secret, 'correction-subjects'),
    qualityKeys: envelopeKeys(secret, 'quality-samples'),
    protectionKey: envelopeKeys(secret, 'protected-subjects').public,
    registry: {
      origins: readListedOrigins('SUBGRAPH_HOSTS', config.SUBGRAPH_HOSTS),
      ownSubgraphs: new Set(Object.keys(SUBGRAPHS)),
      readListed: async () =>
        (await readSupergraphConfig(config.SUPERGRAPH_CONFIG)).subgraphs.map((subgraph) => subgraph.name),
    },
  };
  const listed = await listedSubgraphs(config);
  const starts = await Promise.allSettled(
    listed.map(async ({ name, port }) => {
      await server.createDatabase(name);
      const { start } = await SUBGRAPHS[name]();
      const subgraph = await start({
        port,
        databaseUrl: server.url(name),
        key: subgraphKey(secret, name),
        sharedContexts: config.SHARED_CONTEXTS,
        statistics: { budget: statisticsBudget(config) },
        logger,
        residents: config.RESIDENTS,
        progress,
        ...(name === 'governance' && forGovernance),
      });
      await started.add(name, () => subgraph.stop());
      addresses.set(name, subgraph.url);
      return { name, url: subgraph.url };
    }),
  );
  return starts.map((start) => {
    if (start.status === 'rejected') throw start.reason;
    return start.value;
  });
}
