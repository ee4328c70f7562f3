import { z } from 'zod';
import { MASKS, SHARE_TYPES } from '../kernel/index.js';
import { CLAIM_FORMS } from '../share/claims/claim-rule.js';
import { pointer, serviceShape } from './service-schema.js';

/** The format of a declaration: source and items of resources that the hub serves without code.
 *  Published as `schema/declaration.schema.json`, by which editors complete and check it. */

/** Types of items. A `Decimal` is exact and travels as text; whole numbers beyond 2,147,483,647 are decimals too. */
export const ITEM_TYPES = ['String', 'ID', 'Int', 'Float', 'Decimal', 'Boolean', 'Date', 'DateTime'] as const;
/** Formats that are checked when rows are loaded. @source GB 11643, GB 32100, GB/T 2260 */
export const FORMATS = ['IDENTITY_NUMBER', 'CREDIT_CODE', 'DIVISION_CODE', 'PHONE'] as const;
const UPDATE_CYCLES = [
  'REALTIME',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'QUARTERLY',
  'HALF_YEARLY',
  'YEARLY',
  'IRREGULAR',
] as const;

/** Control characters, and those that reverse the direction of text. */
const INVISIBLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const words = (max: number) =>
  z
    .string('must be text; put it in quotes')
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((text) => !INVISIBLE.test(text), 'holds a character that is not seen');

const named = (pattern: RegExp, what: string) =>
  z
    .string('must be text; put it in quotes')
    .regex(pattern, what)
    .refine((text) => !INVISIBLE.test(text), what);
export const subgraphName = named(
  /^[a-z][a-z0-9-]{1,49}$/,
  'must be 2 to 50 small letters, digits and hyphens, beginning with a letter',
);
const departmentCode = named(/^[a-z][a-z0-9-]{1,62}$/, 'must be the code of a department in the register');
const typeName = named(
  /^[A-Z][A-Za-z0-9]{0,49}$/,
  'must be a name of up to 50 letters and digits that begins with a capital letter, such as Pupil',
);
const itemName = named(
  /^[a-z][A-Za-z0-9]{0,49}$/,
  'must be a name of up to 50 letters and digits that begins with a small letter, such as studentNumber',
);
const sourceName = named(/^[a-z][a-z0-9-]{1,62}$/, 'must be the name of a source that is registered in the hub');
/** Letters of any script, digits, `_` and `$`; the name is quoted wherever it is used. */
const plainName = /(?!\d)[^\s!-#%-/:-@[-^`{-~\x7f]{1,63}/.source;
const IDENTIFIER = new RegExp(`^${plainName}$`);
/** True for a column, table or schema that a declaration can name. */
export const isIdentifier = (name: string): boolean => IDENTIFIER.test(name) && !INVISIBLE.test(name);
const identifier = named(IDENTIFIER, 'must be the plain name of a column: letters, digits and underscores');
const table = named(
  new RegExp(`^${plainName}(\\.${plainName})?$`),
  'must be the name of a table or view, schema.table where it has a schema: never a query',
);

const share = z
  .strictObject({
    type: z.enum(SHARE_TYPES),
    condition: words(200).optional(),
    basis: z.array(words(200)).min(1).max(20).optional(),
    proposed: z.literal(true).optional().describe('a draft proposes it; to be deleted by the person who confirms it'),
  })
  .describe('共享类型: how far the item is shared between departments');

const item = z.strictObject({
  title: words(100).describe('Chinese name'),
  description: words(500).optional(),
  type: z.enum(ITEM_TYPES).default('String'),
  column: identifier.optional().describe("column of the source, or heading of a file, where it is not the item's name"),
  at: pointer
    .optional()
    .describe('place in a row of a service, as /person/name, where `column` is no plain member of it'),
  headings: z.array(words(100)).max(20).default([]).describe('further headings of files that are taken for this item'),
  required: z.boolean().default(false).describe('every row has a value'),
  format: z.enum(FORMATS).optional().describe('checked when rows are loaded'),
  values: z
    .array(z.strictObject({ code: words(50), title: words(100) }))
    .min(1)
    .max(500)
    .optional()
    .describe('code list: the only values there are'),
  basic: z.boolean().default(false).describe('基础信息项'),
  subject: z.enum(['PERSON', 'ORGANISATION']).optional().describe('it is the statutory identifier of its subject'),
  share: share.optional().describe("the type's own where not given"),
  mask: z.enum(MASKS).optional().describe('de-identified form that a grant may give instead'),
  scope: z.literal('division').optional().describe('grants may be narrowed to rows by this item'),
  verifiable: z
    .union([
      z.boolean(),
      z.strictObject({
        as: z.enum(CLAIM_FORMS).optional().describe('texts: as they are, or as names'),
        within: z.number().positive().optional().describe('numbers that differ by at most this match'),
        bands: z
          .array(z.number())
          .min(1)
          .max(20)
          .optional()
          .describe('only: below one of these numbers, or at least it'),
      }),
    ])
    .default(false)
    .describe('may be compared, never read'),
  dimension: z
    .union([
      z.boolean(),
      z.strictObject({
        bands: z
          .array(z.union([z.string(), z.number()]).transform(String))
          .min(1)
          .max(50)
          .describe('lower bounds of all bands but the first, of a number or a date'),
      }),
    ])
    .default(false)
    .describe('statistics may be grouped by it'),
  measure: z
    .union([
      z.boolean(),
      z.strictObject({
        bound: z
          .number()
          .positive()
          .describe('the most that one person counts for in a sum: few exceed it, and noise is of its size'),
      }),
    ])
    .default(false)
    .describe('may be summed and averaged in statistics: { bound: … }'),
});

const relation = z.strictObject({
  type: typeName.describe('type of this declaration, or of another department'),
  title: words(100),
  description: words(500).optional(),
  key: z
    .record(itemName, itemName)
    .optional()
    .describe("to one record: key of the other type → item of this type that holds it, as { idNumber: 'guardian' }"),
  by: itemName.optional().describe("to records that refer to this one: the item of theirs that holds this one's key"),
  many: z
    .union([z.boolean(), z.literal('pages')])
    .default(false)
    .describe('true: up to 100 records; pages: any number, page by page'),
  share: share.optional().describe('that of the items it is made of, where not given'),
});
const relations = z.record(itemName, relation).default({});

const pull = z
  .strictObject({
    database: sourceName.optional(),
    table: table.optional(),
    service: sourceName.optional(),
    ...serviceShape,
    every: words(100).describe(
      "when: HOURLY, DAILY, WEEKLY, MONTHLY, QUARTERLY, YEARLY, or minute, hour, day, month, day of the week, as '0 2 * * *', in the hub's TIME_ZONE",
    ),
    mode: z
      .enum(['upsert', 'full'])
      .default('full')
      .describe('full: rows that the source no longer has are deleted, unless they are too many'),
    watermark: z
      .strictObject({
        item: itemName.describe('Date or DateTime of the last change of a row'),
        overlapMinutes: z.int().min(0).max(44_640).default(60).describe('how far before it rows are read again'),
        format: z
          .enum(['datetime', 'date', 'iso', 'ms'])
          .default('datetime')
          .describe('of {$since}: 2026-01-31 08:30:00 in TIME_ZONE, 2026-01-31, ISO 8601 in UTC, milliseconds'),
      })
      .optional()
      .describe('only what was changed since the last pull is read; with mode upsert'),
  })
  .describe('定时拉取: rows are read from a source by a schedule');

const from = z.strictObject({
  hosted: z
    .strictObject({
      history: z.boolean().default(false).describe('keep the versions of every row'),
      pull: pull.optional(),
    })
    .optional()
    .describe('the hub keeps the table; rows are loaded from files, pushed, or pulled'),
  database: sourceName.optional().describe('a database that is registered in the hub; with `table`'),
  table: table.optional(),
  service: sourceName.optional().describe('a service that is registered in the hub; with `calls` and `success`'),
  ...serviceShape,
});

const ownType = z.strictObject({
  title: words(100),
  description: words(500).optional(),
  resource: z.strictObject({
    code: named(/^[0-9A-Z]{1,20}\/\d{1,10}$/i, "must be 类项目细目 and sequence, such as '301001/000001'"),
    name: words(100).optional().describe('the title, where not given'),
    library: named(/^[A-Z][A-Z0-9_]{0,49}$/, 'must be the code of a library, such as POPULATION').optional(),
    category: words(50).optional(),
    updateCycle: z.enum(UPDATE_CYCLES).optional(),
  }),
  share: share.optional().describe('of every item that does not say otherwise'),
  from: from,
  keys: z
    .array(z.array(itemName).min(1).max(5))
    .min(1)
    .max(5)
    .describe("items that name one row; the first is the row's identity"),
  items: z.record(itemName, item),
  lists: z
    .record(itemName, z.array(itemName).max(10))
    .default({})
    .describe('root lists: name → items to narrow it by, as { pupils: [division, school] }'),
  lookups: z
    .record(itemName, z.array(itemName).min(1).max(5))
    .default({})
    .describe('root fields that find one row: name → a key, as { pupil: [studentNumber] }'),
  relations,
});

const extendedType = z.strictObject({
  key: z
    .record(itemName, z.enum(['String', 'ID', 'Int']))
    .describe('key by which the other department gives it, with its types, as { idNumber: String }'),
  relations,
});

export const declarationSchema = z.strictObject({
  version: z.literal(1),
  subgraph: subgraphName.describe('name in the graph; the authority permits it'),
  department: departmentCode.describe('the department that provides the resources'),
  types: z.record(typeName, ownType),
  extends: z
    .record(typeName, extendedType)
    .default({})
    .describe("other departments' types, and relations that are added to them"),
});

export type Declaration = z.output<typeof declarationSchema>;
export type DeclaredType = z.output<typeof ownType>;
export type DeclaredItem = z.output<typeof item>;
export type DeclaredRelation = z.output<typeof relation>;
export type DeclaredPull = z.output<typeof pull>;
export type DeclaredShare = z.output<typeof share>;
export type ExtendedType = z.output<typeof extendedType>;
export type Format = (typeof FORMATS)[number];
