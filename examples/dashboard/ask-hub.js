// Asks the hub once. Data and refusals come together and both are kept: what Apollo Client calls `errorPolicy: 'all'`.
import { CONFIG } from './config.js';
import { accessToken, forgetToken } from './sign-in.js';

/** @returns  `{ data, refusals }`: refusals by the path of the field that is null, such as `savings`, or `list.nodes.0.name`
 *  @throws    where nothing was answered: the session has ended, or the hub is away */
export async function askHub(query, variables = {}) {
  const response = await fetch(`${CONFIG.hub}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${accessToken()}`,
      'share-scenario': CONFIG.scenario,
      // Answers of shared data are nobody's to keep, and the hub says so as well (cache-control: no-store).
    },
    cache: 'no-store',
    body: JSON.stringify({ query, variables }),
  });
  if (response.status === 401) forgetToken();
  const { data, errors = [] } = await response.json();
  if (!data) throw new Error(errors[0]?.message ?? `The hub answered ${response.status}.`);
  return { data, refusals: new Map(errors.map((error) => [(error.path ?? []).join('.'), error])) };
}
