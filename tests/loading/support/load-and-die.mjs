import pg from 'pg';
import { loadFile } from '../../../dist/shared/loading/index.js';

/** Loads a file, and is killed at a moment of it. Arguments: database, table and order as JSON, the moment. */
const [url, spec, order, moment] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
const pool = new pg.Pool({ connectionString: url });
await loadFile(pool, JSON.parse(spec), JSON.parse(order), {
  timeZone: 'Asia/Shanghai',
  onProgress: ({ stage, rows }) => {
    if (stage === moment && rows > 0) die();
  },
});
if (moment === 'COMMITTED') die();
await pool.end();
