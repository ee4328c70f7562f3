import Button from 'antd/es/button';
import Radio from 'antd/es/radio';
import Space from 'antd/es/space';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SAMPLE_LANGUAGES, writeSample, type SampleLanguage } from './code-samples.js';

/** The query as a program, to be copied. */
export function CodeSamples({
  text,
  variables,
  scenario,
}: {
  text: string;
  variables: Readonly<Record<string, unknown>>;
  scenario: string | undefined;
}) {
  const { t } = useTranslation('try');
  const [language, setLanguage] = useState<SampleLanguage>('curl');
  const [copied, setCopied] = useState(false);
  const sample = writeSample(language, { url: `${location.origin}/graphql`, text, variables, scenario });
  const copy = async () => {
    await navigator.clipboard.writeText(sample).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <>
      <p>{t('samplesHelp')}</p>
      <Space wrap>
        <Radio.Group
          aria-label={t('sampleLanguage')}
          value={language}
          onChange={({ target }) => {
            setLanguage(target.value as SampleLanguage);
            setCopied(false);
          }}
          options={SAMPLE_LANGUAGES.map((value) => ({ value, label: LABELS[value] }))}
          optionType="button"
        />
        <Button onClick={() => void copy()}>{t('copy')}</Button>
        <span role="status">{copied && t('copied')}</span>
      </Space>
      <pre className="source" tabIndex={0} aria-label={LABELS[language]}>
        {sample}
      </pre>
    </>
  );
}

const LABELS: Readonly<Record<SampleLanguage, string>> = {
  curl: 'curl',
  typescript: 'TypeScript',
  java: 'Java',
  python: 'Python',
};
