import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { StrictMode } from 'react';
import { takeCarriedQuery, toPortal, type CarriedQuery } from './carried-query.js';
import { translateEditor } from './editor-words.js';
import { PersonalStorage } from './personal-storage.js';
import './query-page.css';
import { SessionBar } from './session-bar.js';
import { readSession, signIn, type Session } from './session.js';
import { TITLE_SEARCH } from './title-search-plugin.js';
import { language, words } from './words.js';

// The editor's workers are files beside this one; nothing is built from text, so the page needs no looser policy.
globalThis.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => {
    const name = label === 'json' || label === 'graphql' ? label : 'editor';
    return new Worker(new URL(`./${name}.worker.js`, import.meta.url), { type: 'module' });
  },
};

const PLUGINS = [TITLE_SEARCH, HISTORY_PLUGIN];

/** The query page: GraphiQL for the signed-in person, under the scenario that is chosen above it. */
function QueryPage({
  session,
  storage,
  carried,
}: {
  session: Session;
  storage: PersonalStorage;
  carried: CarriedQuery;
}) {
  const fetcher = async (operation: unknown) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'sharehub-page': 'graphiql',
        ...(storage.scenario && { 'share-scenario': encodeURIComponent(storage.scenario) }),
      },
      body: JSON.stringify(operation),
    });
    if (response.status === 401) signIn();
    // A person reads what was given before what was not.
    const { data, ...others } = (await response.json()) as { data?: unknown };
    return data === undefined ? others : { data, ...others };
  };
  return (
    <>
      <SessionBar session={session} storage={storage} />
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        defaultQuery={words.welcome}
        {...(carried.text !== undefined && { initialQuery: carried.text })}
        isHeadersEditorEnabled={false}
        plugins={PLUGINS}
      >
        <GraphiQL.Toolbar>
          {({ prettify, merge, copy }) => (
            <>
              {prettify}
              {merge}
              {copy}
              <OpenInPortal storage={storage} />
            </>
          )}
        </GraphiQL.Toolbar>
      </GraphiQL>
    </>
  );
}

/** Opens the query as it is in the editor in the portal's builder. */
function OpenInPortal({ storage }: { storage: PersonalStorage }) {
  const editor = useGraphiQL(({ queryEditor }) => queryEditor);
  const open = () => location.assign(toPortal(editor?.getValue() ?? '', storage.scenario));
  return (
    <ToolbarButton label={words.toPortal} onClick={open}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
        <path d="M4 6h3M4 12h3M4 18h3M10 6h10M10 12h10M10 18h10" strokeWidth="2" />
      </svg>
    </ToolbarButton>
  );
}

const root = createRoot(document.getElementById('query-page')!);
const session = await readSession();
if (session) {
  const storage = PersonalStorage.open(session.subject);
  const carried = takeCarriedQuery();
  if (carried.scenario !== undefined) storage.scenario = carried.scenario;
  if (language === 'zh') translateEditor();
  root.render(
    <StrictMode>
      <QueryPage session={session} storage={storage} carried={carried} />
    </StrictMode>,
  );
}
