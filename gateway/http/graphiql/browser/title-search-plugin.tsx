import { DOC_EXPLORER_PLUGIN, useDocExplorerActions } from '@graphiql/plugin-doc-explorer';
import { MagnifyingGlassIcon, useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { useMemo, useState } from 'react';
import { findByTitle, type Titled } from './title-search.js';
import { words } from './words.js';

/** Results that are shown, at most. */
const MOST = 50;

/** Finds documentation by the catalogue's titles; the editor's own search knows the schema's names alone. */
function TitleSearch() {
  const schema = useGraphiQL(({ schema }) => schema);
  const { setVisiblePlugin } = useGraphiQLActions();
  const { reset, push } = useDocExplorerActions();
  const [text, setText] = useState('');
  const found = useMemo(() => (schema ? findByTitle(schema, text) : []), [schema, text]);
  const open = ({ type, field }: Titled) => {
    reset();
    push({ name: type.name, def: type });
    const fields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {};
    if (field !== undefined) push({ name: field, def: fields[field] });
    setVisiblePlugin(DOC_EXPLORER_PLUGIN);
  };
  return (
    <section className="title-search">
      <label>
        {words.findByTitle}
        <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <p>{words.findHelp}</p>
      <ul>
        {found.slice(0, MOST).map((each) => {
          const name = each.field === undefined ? each.type.name : `${each.type.name}.${each.field}`;
          return (
            <li key={name}>
              <button type="button" onClick={() => open(each)}>
                {each.title} <code>{name}</code>
              </button>
            </li>
          );
        })}
      </ul>
      {found.length > MOST && <p>{words.more}</p>}
      {found.length === 0 && text.trim() !== '' && <p role="status">{words.nothing}</p>}
    </section>
  );
}

export const TITLE_SEARCH: GraphiQLPlugin = {
  title: words.findByTitle,
  icon: MagnifyingGlassIcon,
  content: TitleSearch,
};
