import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useSession } from '../../app/session.js';
import { HubFile } from '../../parts/hub-file.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { checkText } from '../../parts/query/check-text.js';
import { hasIdentityNumber } from '../../parts/query/identity-numbers.js';
import { rootOfResource, startQuery, typesOfRoot } from '../../parts/query/start-query.js';
import { writeQuery } from '../../parts/query/built-query.js';
import { AnswerView } from './answer-view.js';
import { Builder } from './builder.js';
import { CodeSamples } from './code-samples-view.js';
import { JsonField, useTitleOf } from './argument-fields.js';
import { SavedQueries, type SavedQuery } from './saved-queries.js';
import { SaveQuery } from './save-query.js';
import { readLinkedQuery, toQueryPage } from './linked-query.js';
import { useRun } from './use-run.js';
import { useTypes } from './use-types.js';

/** Values of the variables of a text that comes without any: the size of its pages. */
const startValues = (text: string): Readonly<Record<string, unknown>> =>
  checkText(text).variables.includes('first') ? { first: 20 } : {};

/** Tries a query: built by ticking items of the catalogue, or written; run under a purpose, by a click alone. The text is
 *  what counts: what is ticked is read from it, and each tick writes it anew. */
export default function TryPage() {
  const { t } = useTranslation('try');
  const { scenarios } = useSession();
  const address = useLocation();
  const navigate = useNavigate();
  const [linked] = useState(() => readLinkedQuery(address));
  useEffect(() => {
    // What a person wrote stays in no history of the browser.
    if (address.hash !== '') void navigate({ search: address.search, hash: '' }, { replace: true });
  }, []);
  // A purpose is named by the person, never by the page.
  const [scenario, setScenario] = useState(() => scenarios.find(({ code }) => code === linked.scenario)?.code);
  const [text, setText] = useState(linked.text ?? '');
  const [values, setValues] = useState(() => startValues(text));
  /** Counts texts that came from elsewhere than the builder, which then opens what is ticked in them. */
  const [opened, setOpened] = useState(0);
  const [saved, setSaved] = useState<SavedQuery>();
  /** Whether saved queries are shown, and how often they have changed here. */
  const [list, setList] = useState({ open: false, changes: 0 });
  const known = useTypes(scenario);
  const { types, need } = known;
  const roots = types.get('Query')?.fields;
  const checked = useMemo(() => checkText(text), [text]);
  const root = roots?.find(({ name }) => name === checked.built?.root);
  const run = useRun();
  const argumentTitle = useTitleOf();
  const [incomplete, setIncomplete] = useState(false);
  const variables = Object.fromEntries(Object.entries(values).filter(([name]) => checked.variables.includes(name)));

  useEffect(() => {
    if (root) void need(typesOfRoot(root));
  }, [root, need]);

  const openSaved = (query: SavedQuery) => {
    setSaved(query);
    setText(query.text);
    setValues(startValues(query.text));
    setScenario(scenarios.find(({ code }) => code === query.scenario)?.code);
    setOpened((times) => times + 1);
  };
  const choose = async (name: string) => {
    const chosen = roots?.find((each) => each.name === name);
    if (!chosen) return;
    const first = writeQuery(startQuery(chosen, await need(typesOfRoot(chosen))), chosen);
    setText(first);
    setValues(startValues(first));
    setOpened((times) => times + 1);
  };
  useEffect(() => {
    if (!roots || linked.resource === undefined || text !== '') return;
    const first = rootOfResource(roots, linked.resource);
    if (first) void choose(first.name);
    // When the roots are there, once.
  }, [roots !== undefined]);

  const ask = (more: Readonly<Record<string, unknown>> = {}) => run.send(text, { ...variables, ...more }, scenario);
  const missing = (root?.args ?? []).filter(
    ({ required, name }) => required && checked.variables.includes(name) && variables[name] === undefined,
  );
  const runQuery = () => {
    // A query without them would be refused, and be on record all the same.
    setIncomplete(missing.length > 0);
    if (missing.length === 0) void ask();
  };
  const writes = hasIdentityNumber(text);
  const byHand = roots !== undefined && !checked.problem && !root;
  return (
    <>
      <PageHead
        title={t('title')}
        intro={t('intro')}
        actions={
          <Space wrap>
            <a href={toQueryPage(text, scenario)} target="_blank" rel="noreferrer">
              {t('toQueryPage')}
            </a>
            <HubFile path="/schema.graphql" name="schema.graphql" label={t('sdl')} />
          </Space>
        }
      />
      {known.failed && <ProblemAlert problem={{ message: t('noTypes') }} onRetry={known.reload} />}
      <details onToggle={({ currentTarget: { open } }) => setList((now) => ({ ...now, open }))}>
        <summary>{t('saved')}</summary>
        {list.open && <SavedQueries key={list.changes} onOpen={openSaved} />}
      </details>
      <div className="try">
        <section aria-label={t('builder')}>
          <h2>{t('builder')}</h2>
          <Builder
            key={opened}
            known={known}
            roots={roots}
            root={root}
            built={checked.built}
            values={values}
            onChoose={(name) => void choose(name)}
            onChange={(changed, given) => {
              setText(changed);
              setValues(given);
            }}
          />
        </section>
        <section aria-label={t('query')} className="try-query">
          <h2>{t('query')}</h2>
          <label className="field">
            <span>{t('purpose')}</span>
            <Select
              aria-label={t('purpose')}
              allowClear
              placeholder={t('noPurpose')}
              value={scenario}
              onChange={(code: string | undefined) => setScenario(code)}
              options={scenarios.map(({ code, name, purpose }) => ({ value: code, label: `${name}：${purpose}` }))}
            />
          </label>
          <label className="field">
            <span>{t('text')}</span>
            <Input.TextArea
              aria-label={t('text')}
              className="source"
              autoSize={{ minRows: 10, maxRows: 30 }}
              spellCheck={false}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </label>
          {checked.problem && checked.problem !== 'empty' && (
            <Alert type="warning" showIcon title={t(`problem.${checked.problem}`)} description={checked.detail} />
          )}
          {byHand && (
            <>
              <Alert type="info" showIcon title={t('byHand')} />
              {checked.variables.length > 0 && (
                <label className="field">
                  <span>{t('variables')}</span>
                  <JsonField
                    label={t('variables')}
                    value={values}
                    onChange={(given) => setValues((given ?? {}) as Readonly<Record<string, unknown>>)}
                  />
                </label>
              )}
            </>
          )}
          {writes && <Alert type="warning" showIcon title={t('identityNumber')} />}
          {incomplete && missing.length > 0 && (
            <Alert
              type="warning"
              showIcon
              role="alert"
              title={t('missing', { names: missing.map(argumentTitle).join('、') })}
            />
          )}
          <Space wrap className="actions">
            <Button type="primary" loading={run.busy} disabled={checked.problem !== undefined} onClick={runQuery}>
              {t('run')}
            </Button>
            {!checked.problem && !writes && (
              <SaveQuery
                text={text}
                scenario={scenario}
                opened={saved}
                onDone={() => setList(({ open, changes }) => ({ open, changes: changes + 1 }))}
              />
            )}
            {t('eachIsAUse')}
          </Space>
        </section>
      </div>
      {run.problem && run.sent === text && <ProblemAlert problem={run.problem} />}
      {run.answer && (
        <AnswerView
          answer={run.answer}
          outdated={run.answer.text !== text}
          known={known}
          busy={run.busy}
          onNext={
            run.answer.text === text && root?.args.some(({ name }) => name === 'after')
              ? (after) => void askAfter(after)
              : undefined
          }
        />
      )}
      {!checked.problem && (
        <details>
          <summary>{t('samples')}</summary>
          <CodeSamples text={text} variables={variables} scenario={scenario} />
        </details>
      )}
    </>
  );

  /** The next page is another query: its cursor becomes an argument. */
  async function askAfter(after: string) {
    const { built } = checked;
    if (!built || !root) return;
    const paged = writeQuery({ ...built, args: [...new Set([...built.args, 'after'])] }, root);
    setText(paged);
    setValues({ ...values, after });
    await run.send(paged, { ...variables, after }, scenario);
  }
}
