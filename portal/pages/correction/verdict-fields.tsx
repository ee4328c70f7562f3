import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import Select from 'antd/es/select';
import { useTranslation } from 'react-i18next';
import type { NamedItem } from '../../parts/use-items.js';
import type { CorrectionVerdict } from './correction.generated.js';

export interface VerdictFields {
  readonly verdict: CorrectionVerdict;
  readonly items?: string[];
  readonly words: string;
  readonly reference?: string;
}
const VERDICTS: readonly CorrectionVerdict[] = ['UPHELD', 'PARTLY', 'REJECTED'];

/** Fields of a decision on a correction.
 *  @param props  `items` that were reported, with their `names`; `withReference`: the authority decides, under a number */
export function VerdictFormFields({
  items,
  names,
  withReference = false,
}: {
  items: readonly string[];
  names: ReadonlyMap<string, NamedItem>;
  withReference?: boolean;
}) {
  const { t } = useTranslation('correction');
  const { t: enums } = useTranslation('enums');
  const required = { required: true, message: t('reasonMissing') };
  return (
    <>
      {withReference && (
        <Form.Item name="reference" label={t('coordination')} rules={[required]}>
          <Input maxLength={100} />
        </Form.Item>
      )}
      <Form.Item name="verdict" label={t('verdict')} rules={[{ required: true, message: t('verdictMissing') }]}>
        <Radio.Group options={VERDICTS.map((value) => ({ value, label: enums(`CorrectionVerdict.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['verdict']}>
        {({ getFieldValue }) =>
          getFieldValue('verdict') === 'PARTLY' && (
            <Form.Item name="items" label={t('corrected')} rules={[{ required: true, message: t('itemsMissing') }]}>
              <Select
                mode="multiple"
                options={items.map((value) => ({ value, label: names.get(value)?.name ?? value }))}
              />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="words" label={t('verdictReason')} rules={[required]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </>
  );
}
