import { type Database, type GovernanceContext, type Recorded, refuse } from '../core/index.js';
import { findOfficers, isPermitted, isSystemOf } from '../register/index.js';
import type { LoaderResult } from './load-result.type.js';
import { LoadStore } from './load.store.js';
import { say } from './messages/index.js';

/** Names a person or system of the own department that may load rows of a subgraph of its own. */
export async function nameLoader(
  { em, fetch, own: { auditLog, now } }: GovernanceContext,
  subgraph: string,
  loader: string,
): Promise<LoaderResult> {
  const { department, person } = fetch;
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<LoaderResult>> => {
    const loads = new LoadStore(em);
    if (!(await isPermitted(em, subgraph, department)))
      return {
        result: refuse('PERMIT_UNKNOWN', say('loader.noPermit', { subgraph: subgraph.slice(0, 64) })),
      };
    if (!(await isOfDepartment(em, department, loader)))
      return { result: refuse('LOADER_UNKNOWN', say('loader.unknown')) };
    const known = await loads.findLoader({ subgraph, department, loader });
    if (known) return { result: { loader: known } };
    const named = await loads.addLoader({ subgraph, department, loader, givenAt: new Date(now()), givenBy: person! });
    return { result: { loader: named }, decision: decisionOf('NAME_LOADER', named) };
  });
}

export async function withdrawLoader(
  { em, fetch, own: { auditLog, now } }: GovernanceContext,
  id: string,
): Promise<LoaderResult> {
  const { department } = fetch;
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<LoaderResult>> => {
    const loads = new LoadStore(em);
    if (!(await loads.findLoader({ id, department })))
      return {
        result: refuse('LOADER_UNKNOWN', say('loader.unnamed')),
      };
    const loader = await loads.withdrawLoader(id, new Date(now()));
    return { result: { loader }, decision: decisionOf('WITHDRAW_LOADER', loader) };
  });
}

const isOfDepartment = async (database: Database, department: string, loader: string): Promise<boolean> =>
  (await findOfficers(database, department, [loader], { onlyActive: true })).size > 0 ||
  (await isSystemOf(database, department, loader));

const decisionOf = (
  act: 'NAME_LOADER' | 'WITHDRAW_LOADER',
  { id, subgraph, loader }: { readonly id: string; readonly subgraph: string; readonly loader: string },
) => ({ act, object: `loader/${id}`, concerns: [], terms: { subgraph, loader } });
