import { InitRefusal } from '../init-refusal.js';
import type { SourceTables, TableChoice } from './source-table.js';

export interface ReadSource {
  /** Whether the hub reads the rows there, or keeps them itself. */
  readonly kind: 'database' | 'service' | 'file' | 'nothing';
  readonly tables: SourceTables;
  /** Addresses that a description of a service names. */
  readonly servers?: readonly string[];
}

/** Reads what a source says of its tables.
 *  @param from  address of a database, or a file; undefined for none
 *  @throws InitRefusal SOURCE_KIND_UNKNOWN, and those of the reader */
export async function readSource(from: string | undefined, choice: TableChoice): Promise<ReadSource> {
  if (from === undefined) {
    const { EXAMPLE } = await import('./example-table.js');
    return { kind: 'nothing', tables: { tables: [EXAMPLE], omitted: [] } };
  }
  const [, scheme = ''] = /^([a-z]+):\/\//i.exec(from) ?? [];
  if (/^postgres(ql)?$/i.test(scheme)) {
    const { readPostgresql } = await import('./postgresql/read-postgresql.js');
    return { kind: 'database', tables: await readPostgresql(databaseUrl(from), choice) };
  }
  if (/^(mysql|mariadb)$/i.test(scheme)) {
    const { readMySql } = await import('./mysql/read-mysql.js');
    return { kind: 'database', tables: await readMySql(databaseUrl(from), choice) };
  }
  const { isTableFile, readFileTable } = await import('./read-file.js');
  if (scheme === '' && isTableFile(from)) return { kind: 'file', tables: await readFileTable(from, choice) };
  const { isSchemaFile, readSchema } = await import('./graphql/read-schema.js');
  if (scheme === '' && isSchemaFile(from)) return { kind: 'file', tables: await readSchema(from, choice) };
  const { isDescriptionFile } = await import('./openapi/read-document.js');
  if (scheme === '' && isDescriptionFile(from)) {
    const { readOpenApi } = await import('./openapi/read-openapi.js');
    const { servers, ...tables } = await readOpenApi(from, choice);
    return { kind: 'service', tables, servers };
  }
  throw new InitRefusal(
    'SOURCE_KIND_UNKNOWN',
    `--from takes ${DATABASES}, or a file: data.csv, data.xlsx, schema.graphql, or openapi.yaml (.json) that describes a service.`,
  );
}

const DATABASES = 'postgres://user@host:5432/database or mysql://user@host:3306/database';

/** @throws InitRefusal SOURCE_KIND_UNKNOWN; the address itself, which may hold a password, is not repeated */
function databaseUrl(text: string): URL {
  if (!URL.canParse(text))
    throw new InitRefusal(
      'SOURCE_KIND_UNKNOWN',
      `The address of the database cannot be read. --from takes ${DATABASES}.`,
    );
  const url = new URL(text);
  if (url.hostname === '' || url.pathname.length < 2)
    throw new InitRefusal('SOURCE_KIND_UNKNOWN', `--from must name host and database: ${DATABASES}.`);
  return url;
}
