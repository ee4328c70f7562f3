/** The environment that a process started by this one inherits. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

/** True for a command that npm runs as a script. */
export const isRunByNpm = (): boolean => process.env['npm_lifecycle_event'] !== undefined;

/** Password of a MariaDB or MySQL database whose address holds none, as its own client reads it. PostgreSQL's driver reads
 *  PGPASSWORD by itself. */
export const mysqlPassword = (): string | undefined => process.env['MYSQL_PWD'];
