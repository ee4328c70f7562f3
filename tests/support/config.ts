/** The PostgreSQL server the tests run on; the embedded one where unset. */
export const testDatabaseUrl = (): string | undefined => process.env['DATABASE_URL'];

/** The environment that a process started by a test inherits. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });
