import { getNamedType, isEnumType, type GraphQLOutputType } from 'graphql';
import type { WriteValue } from './write-value.js';

/** Writes outcomes of comparisons: that there is no record is told where the decision says so, and is not confirmed elsewhere,
 *  whatever the provider answered.
 *  @param sites  under one response key */
export function concealRecords(write: WriteValue, type: GraphQLOutputType, sites: readonly number[]): WriteValue {
  const named = getNamedType(type);
  if (!isEnumType(named) || !named.getValue(NO_RECORD) || !named.getValue(NOT_CONFIRMED)) return write;
  return (value, pass) => {
    const isTold = sites.every((site) => pass.limits.recordless?.has(site));
    return write(isTold ? value : conceal(value), pass);
  };
}

const NO_RECORD = 'NO_RECORD';
const NOT_CONFIRMED = 'NOT_CONFIRMED';

function conceal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(conceal);
  return value === NO_RECORD ? NOT_CONFIRMED : value;
}
