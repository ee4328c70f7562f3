import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPublishers } from '../shared/config/read-publishers.js';
import type { ReleasePolicy } from '../shared/share/releases/release.js';

/** Reads from a file who may publish what: the one that is named, else `schema/publishers.yaml` beside the list of
 *  subgraphs. Without a file nobody is registered, and every subgraph is refused by name.
 *  @throws HubError CONFIG_INVALID naming every mistake in the file */
export function readReleasePolicy(config: string, publishers: string | undefined): ReleasePolicy {
  const file = publishers ?? join(dirname(config), 'schema', 'publishers.yaml');
  return publishers === undefined && !existsSync(file) ? { publishers: new Map(), consents: [] } : readPublishers(file);
}
