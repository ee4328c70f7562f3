import Form from 'antd/es/form';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Select from 'antd/es/select';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { useCommand } from '../../parts/use-command.js';
import {
  ProposeQualityRuleDocument,
  type QualityFormat,
  type QualityRelation,
  type QualityRuleKind,
} from './quality.generated.js';

const KINDS: readonly QualityRuleKind[] = [
  ...(['REQUIRED', 'FORMAT', 'VALUES', 'RANGE', 'UNIQUE', 'CONSISTENT', 'RECENT', 'REFERENCE'] as const),
];
const FORMATS: readonly QualityFormat[] = ['IDENTITY_NUMBER', 'CREDIT_CODE', 'DIVISION_CODE', 'PHONE'];
const RELATIONS: readonly QualityRelation[] = ['EQUAL', 'NOT_AFTER', 'NOT_BEFORE', 'BIRTH_DATE', 'SEX'];

interface Filled {
  readonly item: string;
  readonly kind: QualityRuleKind;
  readonly format?: QualityFormat;
  readonly values?: readonly string[];
  readonly least?: string;
  readonly most?: string;
  readonly other?: string;
  readonly relation?: QualityRelation;
  readonly days?: number;
  readonly target?: string;
}

/** The button by which a rule is proposed; which fields it asks for follows from the kind. */
export function ProposeRule({ place, onDone }: { place: string; onDone: () => void }) {
  const { t } = useTranslation('quality');
  const propose = useCommand(ProposeQualityRuleDocument, (data) => data.proposeQualityRule);
  return (
    <Act<Parameters<typeof propose.run>[0], unknown, Filled>
      label={t('propose')}
      help={t('proposeHelp')}
      reason="optional"
      initial={{ kind: 'REQUIRED' }}
      fields={<RuleFields />}
      command={propose}
      variables={({ reason, ...rule }) => ({
        input: { ...rule, values: rule.values ? [...rule.values] : null, place, note: reason ?? null },
      })}
      onDone={onDone}
    />
  );
}

function RuleFields() {
  const { t } = useTranslation('quality');
  const { t: enums } = useTranslation('enums');
  const kind = Form.useWatch<QualityRuleKind | undefined>('kind');
  return (
    <>
      <Form.Item name="item" label={t('itemName')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')}>
        <Select options={KINDS.map((value) => ({ value, label: enums(`QualityRuleKind.${value}`) }))} />
      </Form.Item>
      {kind === 'FORMAT' && (
        <Form.Item name="format" label={t('format')}>
          <Select options={FORMATS.map((value) => ({ value, label: enums(`QualityFormat.${value}`) }))} />
        </Form.Item>
      )}
      {kind === 'VALUES' && (
        <Form.Item name="values" label={t('values')}>
          <Select mode="tags" />
        </Form.Item>
      )}
      {kind === 'RANGE' && (
        <>
          <Form.Item name="least" label={t('least')}>
            <Input />
          </Form.Item>
          <Form.Item name="most" label={t('most')}>
            <Input />
          </Form.Item>
        </>
      )}
      {kind === 'CONSISTENT' && (
        <>
          <Form.Item name="other" label={t('other')}>
            <Input />
          </Form.Item>
          <Form.Item name="relation" label={t('relation')}>
            <Select options={RELATIONS.map((value) => ({ value, label: enums(`QualityRelation.${value}`) }))} />
          </Form.Item>
        </>
      )}
      {kind === 'RECENT' && (
        <Form.Item name="days" label={t('days')}>
          <InputNumber min={0} max={36_500} />
        </Form.Item>
      )}
      {kind === 'REFERENCE' && (
        <Form.Item name="target" label={t('target')}>
          <Input placeholder="Resident.idNumber" />
        </Form.Item>
      )}
    </>
  );
}
