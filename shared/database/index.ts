export { callerSignal, runForCaller } from './cancel-statements.js';
export { epochMs } from './epoch-ms.js';
export { fillOnce, type BulkInsert } from './bulk-insert.js';
export { openDatabaseServer, type DatabaseServer } from './database-server.js';
export { openOrm, openOrmOn, openPool, type Migrations } from './orm.js';
