import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { schemaFolder } from '../schema-folder.js';
import { profileSchema } from './profile-schema.js';

/** The file in which the schema of profiles is published; editors complete and check profiles by it. */
export const profileSchemaFile = (): string => join(schemaFolder(), 'profiles', 'profile.schema.json');

/** Text of the published JSON schema. */
export const profileJsonSchema = (): string => {
  const { $schema, ...schema } = z.toJSONSchema(profileSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ $schema, $id: 'https://sharehub.dev/profile/v1', title: 'Profile of a jurisdiction', ...schema }, null, 2)}\n`;
};

if (import.meta.filename === process.argv[1]) writeFileSync(profileSchemaFile(), profileJsonSchema());
