import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openOrm } from '../../shared/database/index.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { dumpDatabase } from './support/dump.js';
import { readSubgraphDatabases } from './support/migrations-by-subgraph.js';

/** `npm run dump:release [-- NAME]`: migrates a fresh database of each subgraph and writes its dump to
 *  `tests/database/dumps/NAME/`; NAME is the version in package.json where it is not given. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const folder = join(import.meta.dirname, 'dumps', process.argv[2] ?? version);
mkdirSync(folder, { recursive: true });

const server = await openTestServer();
for (const { subgraph, entities, migrations } of await readSubgraphDatabases()) {
  const name = testDatabaseName('dump');
  await server.createDatabase(name);
  try {
    const orm = await openOrm({ entities, migrations, url: server.url(name) });
    await orm.close(true);
    writeFileSync(join(folder, `${subgraph}.sql`), dumpDatabase(server.url(name)));
    process.stdout.write(`${join(folder, `${subgraph}.sql`)}\n`);
  } finally {
    await server.dropDatabase(name);
  }
}
await server.stop();
