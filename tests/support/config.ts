/** The PostgreSQL server the tests run on; the embedded one where unset. */
export const testDatabaseUrl = (): string | undefined => process.env['DATABASE_URL'];

/** The environment that a process started by a test inherits. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

/** The MariaDB server of `npm run test:mariadb`, with an account that may make databases and users. */
export const testMariaDbUrl = (): string => process.env['MARIADB_URL'] ?? 'mysql://root@127.0.0.1:3306';
