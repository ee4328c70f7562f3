import type { SubgraphShares } from '../statements.js';
import { currentProvider, firstProvider, interfaceCode, typeAt, type Successions } from './succession.js';

/** The statements of a subgraph with the providers that the register has come to since they were written. */
export function succeedShares(shares: SubgraphShares, successions: Successions): SubgraphShares {
  if (successions.length === 0) return shares;
  const key = JSON.stringify(successions);
  const known = succeeded.get(shares);
  if (known?.key === key) return known.shares;
  const { subgraph } = shares;
  const codes = new Map(shares.resources.map(({ type, code }) => [type, code]));
  const codeAt = (at: string, provider: string): string => codes.get(typeAt(at)) ?? interfaceCode(subgraph, provider);
  const now = (at: string, provider: string): string => currentProvider(provider, codeAt(at, provider), successions);
  const move = <T extends { readonly provider: string }>(statements: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...statements].map(([at, each]) => [at, { ...each, provider: now(at, each.provider) }]));
  const next: SubgraphShares = {
    ...shares,
    resources: shares.resources.map((each) => ({
      ...each,
      provider: currentProvider(each.provider, each.code, successions),
      stated: each.provider,
    })),
    fields: shares.fields.map((field) => ({
      ...field,
      provider: now(field.coordinate, field.provider),
      home: firstProvider(field.provider, codeAt(field.coordinate, field.provider), successions),
    })),
    providers: shares.providers.map((each) => ({ ...each, provider: now(each.at, each.provider) })),
    inputs: move(shares.inputs) as SubgraphShares['inputs'],
    enumValues: move(shares.enumValues) as SubgraphShares['enumValues'],
  };
  succeeded.set(shares, { key, shares: next });
  return next;
}

/** A new graph has most of its statements from the one before, and the same reforms behind it. */
const succeeded = new WeakMap<SubgraphShares, { readonly key: string; readonly shares: SubgraphShares }>();
