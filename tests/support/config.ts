/** The PostgreSQL server the tests run on; the embedded one where unset. */
export const testDatabaseUrl = (): string | undefined => process.env['DATABASE_URL'];
