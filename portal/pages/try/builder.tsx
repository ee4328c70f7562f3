import Alert from 'antd/es/alert';
import Select from 'antd/es/select';
import { useTranslation } from 'react-i18next';
import { useDepartmentName } from '../../parts/department-name.js';
import { tick, writeQuery, type BuiltQuery } from '../../parts/query/built-query.js';
import type { DescribedField } from '../../parts/query/described-types.js';
import { pathOfRecords } from '../../parts/query/start-query.js';
import { ArgumentFields } from './argument-fields.js';
import { ItemTicks } from './item-ticks.js';
import type { KnownTypes } from './use-types.js';

type Values = Readonly<Record<string, unknown>>;

/** A query to be chosen and ticked together.
 *  @param props  `root`: the root field of the query as it is, `built` the query; `onChange`: told its new text and the values
 *                of its variables */
export function Builder({
  known,
  roots,
  root,
  built,
  values,
  onChoose,
  onChange,
}: {
  known: KnownTypes;
  roots: readonly DescribedField[] | undefined;
  root: DescribedField | undefined;
  built: BuiltQuery | undefined;
  values: Values;
  onChoose: (root: string) => void;
  onChange: (text: string, values: Values) => void;
}) {
  const { t } = useTranslation('try');
  const { types, need } = known;
  const options = useRootOptions(roots ?? []);
  const change = (changed: BuiltQuery, given: Values) => onChange(writeQuery(changed, root!), given);
  const setValue = (name: string, value: unknown) => {
    const { [name]: _, ...others } = values;
    const needed = root!.args.some((each) => each.name === name && each.required);
    const args = built!.args.filter((each) => each !== name);
    const isGiven = needed || value !== undefined;
    change(
      { ...built!, args: isGiven ? [...args, name] : args },
      value === undefined ? others : { ...others, [name]: value },
    );
  };
  const path = root ? pathOfRecords(root) : [];
  const context = built && {
    types,
    need,
    ticks: built.ticks,
    provider: root?.provider,
    onTick: (at: readonly string[], on: boolean) => change({ ...built, ticks: tick(built.ticks, at, on) }, values),
  };
  return (
    <>
      <label className="field">
        <span>{t('root')}</span>
        <Select
          aria-label={t('root')}
          showSearch={{ optionFilterProp: 'search' }}
          loading={!roots}
          placeholder={t('rootHint')}
          value={root?.name}
          onChange={onChoose}
          options={options}
        />
      </label>
      {!root && <p>{t('start')}</p>}
      {root?.refused && <Alert type="warning" showIcon title={root.refused.message} />}
      {root && context && (
        <>
          {root.args.length > 0 && (
            <>
              <h3>{t('conditions')}</h3>
              <p>{t('conditionsHelp')}</p>
              <ArgumentFields inputs={root.args} values={values} known={known} onChange={setValue} />
            </>
          )}
          {root.kind !== 'SCALAR' && root.kind !== 'ENUM' && (
            <>
              <h3>{t('items')}</h3>
              <ItemTicks type={root.nodes ?? root.named} path={path} context={context} />
              {root.nodes !== undefined && <ItemTicks type={root.named} path={[]} context={context} leavesOnly />}
            </>
          )}
        </>
      )}
    </>
  );
}

/** Root fields by department, found by their names, their resource and their department. */
function useRootOptions(roots: readonly DescribedField[]) {
  const departmentName = useDepartmentName();
  return [...Map.groupBy(roots, ({ provider }) => provider)].map(([provider, fields]) => ({
    label: departmentName(provider),
    title: provider,
    options: fields.map(({ name, title, resource }) => ({
      value: name,
      label: `${title} ${name}`,
      search: [title, name, resource?.name, resource?.code, departmentName(provider)].join(' '),
    })),
  }));
}
