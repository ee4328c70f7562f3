import Checkbox from 'antd/es/checkbox';
import Form from 'antd/es/form';
import Radio from 'antd/es/radio';
import { useTranslation } from 'react-i18next';
import { language } from '../../app/words.js';
import type { MessageChoiceInput, MessageLanguage, MessageTiming, NoticeKind } from './messages.generated.js';

const KINDS: readonly NoticeKind[] = ['TASK', 'OVERDUE', 'REMINDER', 'DECISION', 'INFORMATION'];
const TIMINGS: readonly MessageTiming[] = ['AT_ONCE', 'DAILY'];
const LANGUAGES: readonly MessageLanguage[] = ['ZH', 'EN'];

/** What is sent to one place, when, and in which language, as a form has it. */
export interface Choice {
  readonly kinds: readonly NoticeKind[];
  readonly timing: MessageTiming;
  readonly language: MessageLanguage;
}

export const INITIAL_CHOICE: Choice = {
  kinds: ['TASK', 'OVERDUE', 'REMINDER', 'DECISION'],
  timing: 'AT_ONCE',
  language: language === 'zh' ? 'ZH' : 'EN',
};

export const toChoice = ({ kinds, timing, language: words }: Choice): MessageChoiceInput => ({
  kinds: [...kinds],
  timing,
  language: words,
});

/** Fields of a form for a choice. */
export function ChoiceFields() {
  const { t } = useTranslation('work');
  const { t: enums } = useTranslation('enums');
  return (
    <>
      <Form.Item name="kinds" label={t('whichNotices')} rules={[{ type: 'array', min: 1, message: t('chooseKind') }]}>
        <Checkbox.Group options={KINDS.map((value) => ({ value, label: enums(`NoticeKind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="timing" label={t('whenSent')}>
        <Radio.Group options={TIMINGS.map((value) => ({ value, label: enums(`MessageTiming.${value}`) }))} />
      </Form.Item>
      <Form.Item name="language" label={t('messageLanguage')}>
        <Radio.Group options={LANGUAGES.map((value) => ({ value, label: enums(`MessageLanguage.${value}`) }))} />
      </Form.Item>
    </>
  );
}
