import type { z } from 'zod';

/** Parses JSON that must have a given form. @returns  undefined when it is not JSON, or has another form */
export function parseJson<Schema extends z.ZodType>(
  schema: Schema,
  text: string | Buffer,
): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text.toString())).data;
  } catch {
    return undefined;
  }
}
