// `npm run bench:connected-table`: 100 keys of a connected table of a million rows, answered by a subgraph of the kit in one
// statement, beside the same SQL by the same driver. MARIADB_URL for MariaDB; 127.0.0.1:3306 where unset.
import 'reflect-metadata';
import { sourceOrm } from '../../shared/sources/source-orm.js';
import { startTestSubgraph } from '../../shared/subgraph/testing/index.js';
import { createPupils, Pupil, PUPILS, schoolSubgraph } from './support/school.js';
import { createMariaDb, createPostgreSql, type SourceDatabase } from './support/source-database.js';

const ROWS = 1_000_000;
const KEYS = 100;
const ROUNDS = 200;

for (const create of [createPostgreSql, createMariaDb]) await measure(await create());

async function measure(database: SourceDatabase): Promise<void> {
  const isMariaDb = database.kind === 'MARIADB';
  await database.owner(createPupils(database.kind));
  const numbers = isMariaDb ? `seq_0_to_${ROWS - 1}` : `generate_series(0, ${ROWS - 1}) as s(seq)`;
  const number = isMariaDb ? `concat('S', lpad(seq, 7, '0'))` : `'S' || lpad(seq::text, 7, '0')`;
  const name = isMariaDb ? `concat('学生', seq)` : `'学生' || seq`;
  await database.owner(
    `insert into "学生_信息" select ${number}, ${name}, '350503', 'A', 1, 59.5, seq, true, '2012-02-29', '2024-09-01 08:00:00' from ${numbers}`,
  );
  await database.owner(isMariaDb ? 'analyze table "学生_信息"' : 'analyze "学生_信息"');
  await database.grant('"学生_信息"');
  const connection = database.connect();
  let statements = 0;
  let sent: readonly [sql: string, values: readonly unknown[]] = ['', []];
  const query = connection.query.bind(connection);
  connection.query = (text, values) => {
    statements++;
    sent = [text, values];
    return query(text, values);
  };
  const orm = sourceOrm(connection, [{ table: PUPILS, class: Pupil }]);
  const school = await startTestSubgraph(schoolSubgraph, { sources: [orm] });
  /** One of each hundredth of the table. */
  const keys = () =>
    Array.from({ length: KEYS }, (_, at) => {
      const row = at * (ROWS / KEYS) + Math.floor((Math.random() * ROWS) / KEYS);
      return `S${String(row).padStart(7, '0')}`;
    });
  const served = async () => {
    const { records } = await school.entities(
      'Pupil',
      keys().map((each) => ({ number: each })),
      'name score bornOn',
    );
    if (records.some((record) => !record)) throw new Error('a record is missing');
  };
  await served();
  // The very statement, so with the pages that it needs in memory.
  const plain = () => query(...sent);
  const times = { served: [] as number[], plain: [] as number[] };
  const cpu = { served: [] as number[], plain: [] as number[] };
  const before = statements;
  // In turns, so that both have the same machine.
  for (let round = 0; round < ROUNDS; round++)
    for (const [which, ask] of [
      ['served', served],
      ['plain', plain],
    ] as const) {
      const began = performance.now();
      const used = process.cpuUsage();
      await ask();
      const { user, system } = process.cpuUsage(used);
      cpu[which].push((user + system) / 1000);
      times[which].push(performance.now() - began);
    }
  const median = (of: number[]) => of.toSorted((a, b) => a - b)[of.length >> 1]!;
  const mean = (of: number[]) => of.reduce((sum, each) => sum + each, 0) / of.length;
  const [subgraph, statement] = [median(times.served), median(times.plain)];
  process.stdout.write(
    `${database.kind}: ${ROWS} rows, ${KEYS} keys: ${(statements - before) / ROUNDS} statement(s); ` +
      `subgraph, HTTP and its caller included ${subgraph.toFixed(2)} ms, same SQL ${statement.toFixed(2)} ms; ` +
      `${((subgraph - statement) / statement).toFixed(2)} times the SQL on top; ` +
      `CPU of this process ${mean(cpu.served).toFixed(2)} and ${mean(cpu.plain).toFixed(2)} ms\n`,
  );
  await school.stop();
  await orm.close();
  await connection.end();
  await database.drop();
}
