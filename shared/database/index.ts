export { fillOnce, type BulkInsert } from './bulk-insert.js';
export { openDatabaseServer, type DatabaseServer, type DatabaseServerOptions } from './database-server.js';
export { openOrm, type Migrations, type OrmOptions } from './orm.js';
