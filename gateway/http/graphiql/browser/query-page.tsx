import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { StrictMode } from 'react';
import { PersonalStorage } from './personal-storage.js';
import './query-page.css';
import { SessionBar } from './session-bar.js';
import { readSession, signIn, type Session } from './session.js';

// The editor's workers are files beside this one; nothing is built from text, so the page needs no looser policy.
globalThis.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => {
    const name = label === 'json' || label === 'graphql' ? label : 'editor';
    return new Worker(new URL(`./${name}.worker.js`, import.meta.url), { type: 'module' });
  },
};

const WELCOME = `# Ask across departments. Documentation, on the left, says how each item is shared.
# An item that is refused comes back as null, with an error that says how to apply.
`;

/** The query page: GraphiQL with the caller's own token, under the scenario that is chosen above it. */
function QueryPage({ session, storage }: { session: Session; storage: PersonalStorage }) {
  const fetcher = async (operation: unknown) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        authorization: `Bearer ${session.accessToken}`,
        ...(storage.scenario && { 'share-scenario': storage.scenario }),
      },
      body: JSON.stringify(operation),
    });
    if (response.status === 401) signIn();
    return response.json();
  };
  return (
    <>
      <SessionBar session={session} storage={storage} />
      <GraphiQL fetcher={fetcher} storage={storage} defaultQuery={WELCOME} isHeadersEditorEnabled={false} />
    </>
  );
}

const root = createRoot(document.getElementById('query-page')!);
const session = await readSession();
if (session)
  root.render(
    <StrictMode>
      <QueryPage session={session} storage={PersonalStorage.open(session.subject)} />
    </StrictMode>,
  );
