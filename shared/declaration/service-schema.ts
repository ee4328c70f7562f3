import { z } from 'zod';

/** How the hub calls a service that a department has registered: what stands beside `service` in a declaration. */

const INVISIBLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const visible = (text: string): boolean => !INVISIBLE.test(text);

const itemName = z.string().regex(/^[a-z][A-Za-z0-9]{0,49}$/, 'must be the name of an item');
export const pointer = z
  .string('must be text; put it in quotes')
  .max(200, 'must have at most 200 characters')
  .regex(/^(\/([^~/]|~[01])+)*$/, 'must be a path such as /data/list; empty for the whole')
  .refine(visible, 'holds a character that is not seen');
const template = z
  .string('must be text; put it in quotes')
  .max(1000, 'must have at most 1000 characters')
  .refine(visible, 'holds a character that is not seen');
const word = z
  .string('must be text; put it in quotes')
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be a name without blanks, such as X-App-Key');
const parameter = z.string().min(1).max(100).refine(visible, 'holds a character that is not seen');
const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);
const answerTest = z.strictObject({
  at: pointer.describe('place in the answer'),
  is: z.array(scalar).min(1).max(20).describe('values that it may have there'),
});

const pages = z.strictObject({
  by: z
    .enum(['number', 'offset', 'cursor', 'key'])
    .describe('what names the next page: {$page}, {$offset}, {$cursor}, or {$after}, the key of the last row'),
  size: z.int().min(1).max(5000).default(100).describe('rows that a page is asked for, {$size}'),
  first: z.int().min(0).max(1).default(1).describe('number of the first page'),
  next: pointer.optional().describe('cursor: place of the next one in the answer'),
  total: pointer.optional().describe('place of the number of all rows in the answer'),
  most: z.int().min(1).max(1000).default(20).describe('pages that a list may have; pulls have no limit of it'),
});

const call = z
  .strictObject({
    by: z.array(itemName).min(1).max(5).optional().describe('items by whose values rows are asked for; none for lists'),
    most: z.int().min(1).max(1000).default(1).describe('values that one call may ask for, as a list'),
    narrow: z
      .array(itemName)
      .max(10)
      .default([])
      .describe('items by which the service narrows rows where they are given'),
    method: z.enum(['GET', 'POST']).default('GET'),
    path: template.describe('below the address of the source, as /students/{studentNumber}'),
    query: z.record(parameter, template).default({}),
    body: z.record(parameter, z.unknown()).optional().describe('JSON of a POST'),
    xml: z
      .string('must be text; put it in quotes')
      .min(1)
      .max(20_000)
      .refine((text) => !/<!DOCTYPE|<!ENTITY/i.test(text), 'must have no document type')
      .optional()
      .describe('XML of a POST, such as a SOAP envelope; the answer is read as XML then'),
    soapAction: z
      .string()
      .regex(/^[\x21\x23-\x7e]{0,300}$/, 'must be an address or name of ASCII')
      .optional()
      .describe('SOAPAction of a call by `xml`'),
    rows: pointer.default('').describe('place of the rows in the answer: a list, one object, or null'),
    pages: z
      .union([z.literal('whole'), pages], 'must be `whole`, or say `by` number, offset, cursor or key')
      .optional()
      .describe('whole: one answer has them all'),
  })
  .describe('one way to ask for rows');

export const serviceShape = {
  calls: z.array(call).min(1).max(20).optional(),
  success: z
    .union([z.literal('status'), answerTest], 'must be `status`, or { at: /code, is: [0] }')
    .optional()
    .describe('what an answer says that worked; status: the HTTP status alone tells'),
  absent: z
    .union(
      [z.strictObject({ status: z.array(z.int().min(400).max(499)).min(1).max(5) }), answerTest],
      'must be { status: [404] }, or { at: /code, is: [1004] }',
    )
    .optional()
    .describe('what an answer says that has no such row'),
  headers: z
    .record(
      word,
      z
        .string()
        .regex(/^[\x21-\x7e]([\x20-\x7e]{0,498}[\x21-\x7e])?$/, 'must be a text of letters, digits and signs of ASCII'),
    )
    .optional(),
  credential: z
    .union(
      [z.enum(['bearer', 'basic']), z.strictObject({ header: word }), z.strictObject({ query: parameter })],
      'must be bearer, basic, { header: … } or { query: … }',
    )
    .optional()
    .describe("how the source's credential is sent; basic where it has a user, else bearer"),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(20)
    .optional()
    .describe('longest time for the calls of one request; 8 where absent'),
  callsAtOnce: z.int().min(1).max(16).optional().describe('4 where absent'),
  cacheSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .optional()
    .describe('how long answers are kept; by `updateCycle` where absent'),
};

export type ServiceCall = z.output<typeof call>;

export type AnswerTest = z.output<typeof answerTest>;
/** What a declaration says of a service, complete. */
export interface ServiceAccess {
  readonly calls: readonly ServiceCall[];
  readonly success: 'status' | AnswerTest;
  readonly absent?: { readonly status: readonly number[] } | AnswerTest | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly credential?: 'bearer' | 'basic' | { readonly header: string } | { readonly query: string } | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly callsAtOnce?: number | undefined;
  readonly cacheSeconds?: number | undefined;
}
