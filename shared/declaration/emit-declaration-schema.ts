import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { schemaFolder } from '../law/schema-folder.js';
import { declarationSchema } from './declaration-schema.js';

/** The file in which the format of declarations is published; editors complete and check them by it. */
export const declarationSchemaFile = (): string => join(schemaFolder(), 'declaration.schema.json');

/** Text of the published JSON schema. */
export const declarationJsonSchema = (): string => {
  const { $schema, ...schema } = z.toJSONSchema(declarationSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ $schema, $id: 'https://sharehub.dev/declaration/v1', title: 'Declared resources of a department', ...schema }, null, 2)}\n`;
};

if (import.meta.filename === process.argv[1]) writeFileSync(declarationSchemaFile(), declarationJsonSchema());
