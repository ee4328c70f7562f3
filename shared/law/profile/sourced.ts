import { z } from 'zod';

const clauseId = z
  .string()
  .regex(/^[A-Z]{2,4}-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$/, 'is no clause id; write one such as QZ-5.4c')
  .describe('id of a clause in schema/clauses.tsv, or in this file under clauseTexts');

/** A part of a profile: a map with these keys and no others. What is wrong with it is said with the keys it knows. */
export const section = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.map((key) => `"${key}"`).join(', ')} is not known here; known are ${Object.keys(shape).join(', ')}`
        : issue.code === 'invalid_type'
          ? `must be a map with some of the keys ${Object.keys(shape).join(', ')}`
          : undefined,
  });

const cited = z
  .array(clauseId, { error: 'must be a list of clause ids, such as [QZ-5.4c]: every value names its clauses' })
  .min(1, 'must name at least one clause; a value that no clause states is left out')
  .describe('the clauses that state it');
const reading = z
  .string()
  .min(1)
  .optional()
  .describe('how an ambiguous or silent text is read here, and why; a profile of your own may read otherwise');
const unconfirmed = z
  .literal(true)
  .optional()
  .describe('the authority has not confirmed this reading: checks that rest on it warn and do not refuse');

/** A value of the law with the clauses it stands on.
 *  @param value    what the value may be
 *  @param meaning  what it says, for the published schema and for people who write a profile */
export const sourced = <Value extends z.ZodType>(value: Value, meaning: string) =>
  z
    .strictObject(
      { value, clauses: cited, reading, unconfirmed },
      {
        error: (issue) =>
          issue.code === 'invalid_type'
            ? 'must be written { value: …, clauses: [XX-1a] }: every value names its clauses'
            : issue.code === 'unrecognized_keys'
              ? `"${issue.keys.join('", "')}" is not known here; known are value, clauses, reading, unconfirmed`
              : undefined,
      },
    )
    .describe(meaning);

/** A statement that the text makes, or does not make at all: `true`, or the key is absent. */
export const stated = (meaning: string) => sourced(z.literal(true), meaning);
