import type { JWK } from 'jose';
import { z } from 'zod';
import { QUALITY_FORMATS, QUALITY_KINDS, QUALITY_RELATIONS, type QualityObstacle } from './quality-rule.js';

/** Root field by which the hub, and nobody else, has the records of a type judged. It stands in no published schema. */
export const QUALITY_FIELD = '_quality';
/** Operation of that field: the request and the answer are JSON. */
export const QUALITY_OPERATION = `query ($request: String!) { ${QUALITY_FIELD}(request: $request) }`;

const name = z.string().regex(/^[A-Za-z_]\w{0,99}$/);
const rule = z.strictObject({
  id: z.string().min(1).max(40),
  kind: z.enum(QUALITY_KINDS),
  item: name,
  format: z.enum(QUALITY_FORMATS).optional(),
  values: z.array(z.string().max(200)).max(500).optional(),
  least: z.string().max(40).optional(),
  most: z.string().max(40).optional(),
  other: name.optional(),
  relation: z.enum(QUALITY_RELATIONS).optional(),
  days: z.int().min(0).max(36_500).optional(),
  target: z.string().max(200).optional(),
});
const counts = z.strictObject({
  ask: z.literal('COUNTS'),
  type: name,
  rules: z.array(rule).max(200),
  /** Only records that were changed since. */
  since: z.strictObject({ item: name, from: z.iso.datetime() }).optional(),
  /** Key under which names of failing records are sealed; none are named without it. */
  sealFor: z.record(z.string(), z.unknown()).optional(),
  /** Longest time for all of it, ms. */
  mostMs: z.int().min(1).max(600_000),
});
const digests = z.strictObject({
  ask: z.literal('DIGESTS'),
  type: name,
  item: name,
  /** Key of the digests, 32 bytes in hexadecimal; a new one for each run. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** First two hexadecimal digits of the digests that are given. */
  bucket: z.string().regex(/^[0-9a-f]{1,2}$/),
  since: z.strictObject({ item: name, from: z.iso.datetime() }).optional(),
});
export const qualityRequest = z.discriminatedUnion('ask', [counts, digests]);

export type AskedRule = z.infer<typeof rule>;
export type CountsRequest = Omit<z.infer<typeof counts>, 'sealFor'> & { readonly sealFor?: JWK | undefined };
export type DigestsRequest = z.infer<typeof digests>;

/** Result of one rule: numbers, or why there are none. */
export type RuleCounts =
  | {
      readonly id: string;
      /** Records, or values, that the rule is about. */
      readonly checked: number;
      /** Those that break it. */
      readonly failed: number;
      /** Names of up to five of them, sealed. */
      readonly samples?: string | undefined;
    }
  | { readonly id: string; readonly reason: QualityObstacle };

export interface CountsAnswer {
  readonly rows: number;
  readonly results: readonly RuleCounts[];
}
/** Digests of the values of an item, with how many records have each. */
export interface DigestsAnswer {
  readonly digests: readonly (readonly [digest: string, records: number])[];
}
const count = z.int().min(0);
export const countsAnswer = z.object({
  rows: count,
  results: z.array(
    z.union([
      z.object({ id: z.string(), checked: count, failed: count, samples: z.string().max(20_000).optional() }),
      z.object({
        id: z.string(),
        reason: z.enum([
          'NOT_A_COLUMN',
          'TYPE_UNFIT',
          'NOT_SQL',
          'SOURCE_UNAVAILABLE',
          'TIMED_OUT',
          'ITEM_GONE',
          'FAILED',
        ]),
      }),
    ]),
  ),
});
export const digestsAnswer = z.object({
  digests: z.array(z.tuple([z.string().regex(/^[0-9a-f]{32}$/), count])),
});
