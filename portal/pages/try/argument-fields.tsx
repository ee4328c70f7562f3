import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DescribedInput, Types } from '../../parts/query/described-types.js';
import { useRefusalWords } from './refusal-words.js';
import type { KnownTypes } from './use-types.js';

type Values = Readonly<Record<string, unknown>>;

/** Fields for the arguments of a query: conditions on its records, and which page. A value becomes a variable.
 *  @param props  `onChange`: told a value; undefined where it was emptied */
export function ArgumentFields({
  inputs,
  values,
  known: { types, need },
  onChange,
}: {
  inputs: readonly DescribedInput[];
  values: Values;
  known: Pick<KnownTypes, 'types' | 'need'>;
  onChange: (name: string, value: unknown) => void;
}) {
  const { t } = useTranslation('try');
  const words = useRefusalWords();
  const titleOf = useTitleOf();
  useEffect(() => {
    void need(inputs.filter(({ kind }) => kind !== 'SCALAR').map(({ named }) => named));
  }, [inputs, need]);
  return (
    <div className="query-fields">
      {inputs.map((input) => {
        const label = titleOf(input);
        const change = (value: unknown) => onChange(input.name, value);
        if (input.kind === 'INPUT_OBJECT' && !input.list) {
          const below = (values[input.name] ?? {}) as Values;
          const fields = types.get(input.named)?.inputs ?? [];
          return (
            <fieldset key={input.name}>
              <legend>{input.required ? `${label} *` : label}</legend>
              <ArgumentFields
                inputs={fields}
                values={below}
                known={{ types, need }}
                onChange={(name, value) => {
                  const { [name]: _, ...others } = below;
                  const changed = value === undefined ? others : { ...others, [name]: value };
                  change(Object.keys(changed).length > 0 ? changed : undefined);
                }}
              />
            </fieldset>
          );
        }
        return (
          <label key={input.name} title={input.help}>
            <span>
              {label}
              {input.required && <abbr title={t('required')}> *</abbr>}
            </span>
            <ArgumentField input={input} label={label} value={values[input.name]} types={types} onChange={change} />
            {input.refused && (
              <small className="refused" title={input.refused.message}>
                {words(input.refused.code)}
              </small>
            )}
          </label>
        );
      })}
    </div>
  );
}

/** Titles of arguments that every list has, which stand for no item. */
const COMMON = new Set(['first', 'after', 'order', 'by', 'where', 'measures', 'claims', 'rows']);

/** @returns says an argument's title, with its name in the schema */
export function useTitleOf(): (input: DescribedInput) => string {
  const { t } = useTranslation('try');
  return ({ name, title }) => {
    if (COMMON.has(name)) return `${t(`arguments.${name}`)} ${name}`;
    return title === name ? name : `${title} ${name}`;
  };
}

function ArgumentField({
  input: { kind, named, list },
  label,
  value,
  types,
  onChange,
}: {
  input: DescribedInput;
  label: string;
  value: unknown;
  types: Types;
  onChange: (value: unknown) => void;
}) {
  const { t } = useTranslation('try');
  const options =
    named === 'Boolean'
      ? [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]
      : (types.get(named)?.values ?? []).map((each) => ({ value: each.name, label: each.title }));
  if (kind === 'INPUT_OBJECT') return <JsonField label={label} value={value} onChange={onChange} />;
  if (list)
    return (
      <Select
        aria-label={label}
        mode={kind === 'ENUM' ? 'multiple' : 'tags'}
        open={kind === 'ENUM' ? undefined : false}
        tokenSeparators={[' ', ',', '，', '、']}
        placeholder={kind === 'ENUM' ? undefined : t('several')}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(chosen: string[]) =>
          onChange(chosen.length > 0 ? chosen.map((each) => toScalar(named, each)) : undefined)
        }
        options={options}
      />
    );
  if (kind === 'ENUM' || named === 'Boolean')
    return (
      <Select
        aria-label={label}
        allowClear
        value={asText(value)}
        onChange={(chosen: string | undefined) => onChange(named === 'Boolean' && chosen ? chosen === 'true' : chosen)}
        options={options}
      />
    );
  return (
    <Input
      value={asText(value) ?? ''}
      inputMode={NUMBERS.has(named) ? 'numeric' : undefined}
      onChange={({ target }) => onChange(toScalar(named, target.value))}
    />
  );
}

/** A value that has no field of its own, as JSON. */
export function JsonField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const { t } = useTranslation('try');
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value));
  const [wrong, setWrong] = useState(false);
  const change = (typed: string) => {
    setText(typed);
    try {
      onChange(typed.trim() === '' ? undefined : (JSON.parse(typed) as unknown));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <>
      <Input.TextArea
        aria-label={label}
        className="source"
        autoSize={{ minRows: 2, maxRows: 8 }}
        status={wrong ? 'error' : undefined}
        value={text}
        onChange={({ target }) => change(target.value)}
      />
      {wrong && <small role="alert">{t('noJson')}</small>}
    </>
  );
}

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const NUMBERS = new Set(['Int', 'Float']);

/** What was typed, as the type has it; as typed where it is none of the type, which the hub then says. */
function toScalar(type: string, typed: string): unknown {
  if (typed === '') return undefined;
  return NUMBERS.has(type) && Number.isFinite(Number(typed)) ? Number(typed) : typed;
}
