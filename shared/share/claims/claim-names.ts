import { upperFirst } from '../record-keys.js';

/** Most rows of one batch of claims. */
export const MOST_CLAIM_ROWS = 10_000;

/** Names of what is made for the claims about a type. */
export const verifyField = (type: string): string => `verify${type}`;
export const verifyBatchField = (type: string): string => `verify${type}Batch`;
/** Field of the outcomes of single items, and the member of an entry that names the item. */
export const OUTCOMES_FIELD = 'Verification.outcomes';
export const claimsInput = (type: string): string => `${type}Claims`;
export const claimRowInput = (type: string): string => `${type}ClaimRow`;
export const bandEnum = (type: string, item: string): string => `${type}${upperFirst(item)}Band`;
export const bandClaim = (item: string): string => `${item}Band`;
