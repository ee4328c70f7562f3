import type { ConstDirectiveNode } from 'graphql';
import { argument } from '../share-spec.js';

/** How text is compared: as it is, or as the name of a person or an organisation. */
export const CLAIM_FORMS = ['EXACT', 'NAME'] as const;
export type ClaimForm = (typeof CLAIM_FORMS)[number];

/** How claims about one item are compared, as its owner states it in `@verifiable`. */
export interface ClaimRule {
  readonly form: ClaimForm;
  /** Numbers that differ by at most this match. */
  readonly within: number;
  /** Ascending; only these questions are answered then: below each number, or at least it. */
  readonly bands: readonly number[];
}
export const EXACT_RULE: ClaimRule = { form: 'EXACT', within: 0, bands: [] };

/** @param directive  an application of `@verifiable` that has no problem; see `findClaimProblems` */
export function readClaimRule(directive: ConstDirectiveNode): ClaimRule {
  const form = argument(directive, 'as');
  const within = argument(directive, 'within');
  const bands = argument(directive, 'bands');
  return {
    form: form === 'NAME' ? 'NAME' : 'EXACT',
    within: typeof within === 'number' ? within : 0,
    bands: (Array.isArray(bands) ? bands : bands === undefined ? [] : [bands]).map(Number),
  };
}

/** A side of a declared number, as a claim names it. */
export interface Band {
  /** `BELOW_30000`, `AT_LEAST_30000`. */
  readonly name: string;
  readonly title: string;
  readonly limit: number;
  readonly isBelow: boolean;
}

export const listBands = ({ bands }: ClaimRule): readonly Band[] =>
  bands.flatMap((limit) => {
    const text = String(limit).replace('-', 'MINUS_').replace('.', '_');
    return [
      { name: `BELOW_${text}`, title: `低于${limit}`, limit, isBelow: true },
      { name: `AT_LEAST_${text}`, title: `不低于${limit}`, limit, isBelow: false },
    ];
  });
