import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabaseServer } from '../dist/shared/database/index.js';
import { searchItems } from '../dist/subgraphs/governance/catalogue/search/item-search.store.js';
import { start } from '../dist/subgraphs/governance/index.js';
import { SEARCHES, sampleCatalogue } from './lib/sample-catalogue.js';

/** How long does a search of a large catalogue take, through the subgraph that answers it? */
const { values: options } = parseArgs({
  options: { items: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '20' } },
});
const LIMIT_MS = 200;
const CALLER = { department: 'tax', roles: ['consumer'] };

const folder = await mkdtemp(join(tmpdir(), 'sharehub-bench-'));
const server = await openDatabaseServer({ dataDir: folder, databaseUrl: process.env['DATABASE_URL'] || undefined });
const database = `bench_search_${process.pid}`;
await server.createDatabase(database);
// Governance brings its tables and the demo's departments; the search is asked directly, as its resolver does.
const subgraph = await start({ port: 0, key: 'unguarded', databaseUrl: server.url(database), residents: 0 });
const client = new pg.Client({ connectionString: server.url(database) });
await client.connect();
try {
  await fill(Number(options.items));
  const { rows } = await client.query('select count(*)::int as count from catalogue_item where words is not null');
  console.log(
    `${rows[0].count} items\n\n| search | hits | by parts | p50 ms | p95 ms |\n| --- | ---: | --- | ---: | ---: |`,
  );
  const all = [];
  for (const search of SEARCHES) {
    const { from = 0, ...words } = search;
    const asked = { first: 20, ...words, after: await cursorAt(words, from) };
    const times = [];
    let hits = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      const began = performance.now();
      hits = (await searchItems(client, asked, CALLER)).nodes;
      times.push(performance.now() - began);
    }
    all.push(...times);
    times.sort((a, b) => a - b);
    const label = Object.values(search).join(', ');
    console.log(
      `| ${label} | ${hits.length} | ${hits[0]?.near ? 'yes' : ''} | ${at(times, 0.5)} | ${at(times, 0.95)} |`,
    );
  }
  all.sort((a, b) => a - b);
  console.log(`| all | | | ${at(all, 0.5)} | ${at(all, 0.95)} |`);
  if (Number(at(all, 0.95)) >= LIMIT_MS) process.exitCode = 1;
} finally {
  await client.end();
  await subgraph.stop();
  await server.dropDatabase(database);
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** The cursor behind the hit of a number, as who turns the pages comes by it. */
async function cursorAt(words, number) {
  let after;
  for (let at = 0; at < number; at += 100)
    after = (await searchItems(client, { first: 100, ...words, after }, CALLER)).pageInfo.endCursor;
  return after;
}

async function fill(count) {
  const began = performance.now();
  let batch = [];
  const write = async () => {
    await client.query(
      `insert into catalogue_resource (id, code, revision, state, kind, name, provider, library, openness, published_at)
       select id, code, 1, 'PUBLISHED', 'DATA', name, 'tax', library, openness, now()
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as entry (id, code, name, library, openness)`,
      ['id', 'code', 'name', 'library', 'openness'].map((key) => batch.map((entry) => entry[key])),
    );
    const items = batch.flatMap((entry) =>
      entry.items.map((item) => ({ ...item, resource: entry.id, code: entry.code })),
    );
    await client.query(
      `insert into catalogue_item (id, resource, code, name, provider, share_type, words, grams)
       select id, resource, code, name, 'tax', share_type, words, grams
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::tsvector[], $7::tsvector[])
           as item (id, resource, code, name, share_type, words, grams)`,
      ['id', 'resource', 'code', 'name', 'shareType', 'words', 'grams'].map((key) => items.map((item) => item[key])),
    );
    batch = [];
  };
  for await (const entry of sampleCatalogue(count)) if (batch.push(entry) >= 250) await write();
  if (batch.length > 0) await write();
  await client.query('analyze catalogue_resource, catalogue_item');
  console.error(`filled in ${Math.round((performance.now() - began) / 1000)} s`);
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
}
