import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Form from 'antd/es/form';
import InputNumber from 'antd/es/input-number';
import Progress from 'antd/es/progress';
import Radio from 'antd/es/radio';
import Select from 'antd/es/select';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../app/session.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { AnnounceLoadDocument, OwnTablesDocument, type FileFormat, type LoadMode } from './provide.generated.js';
import { hashFile, MOST_BYTES, uploadFile } from '../../parts/upload-file.js';

interface Fields {
  readonly table: string;
  readonly mode: LoadMode;
  readonly mostRejected: number;
}
const MODES: readonly LoadMode[] = ['UPSERT', 'APPEND', 'FULL'];
const FORMATS: Readonly<Record<string, FileFormat>> = {
  csv: 'CSV',
  txt: 'CSV',
  xlsx: 'XLSX',
  ndjson: 'NDJSON',
  jsonl: 'NDJSON',
};

/** Loads a file into a table that the hub keeps: chosen, hashed, announced, uploaded; the load's page says how it ends. */
export default function LoadFilePage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const navigate = useNavigate();
  const tables = useAnswer(OwnTablesDocument, { provider: department?.code ?? '' });
  const announce = useCommand(AnnounceLoadDocument, (data) => data.announceLoad);
  const [file, setFile] = useState<File>();
  const [step, setStep] = useState<'hashing' | 'uploading'>();
  const [part, setPart] = useState(0);
  const [failed, setFailed] = useState<string>();
  const format = file && FORMATS[file.name.split('.').at(-1)?.toLowerCase() ?? ''];
  const options = (tables.data?.catalogueResources?.nodes ?? []).flatMap(({ name, subgraph, typeName }) =>
    subgraph && typeName ? [{ value: `${subgraph} ${typeName}`, label: `${name}（${subgraph} · ${typeName}）` }] : [],
  );

  const send = async ({ table, mode, mostRejected }: Fields) => {
    setFailed(undefined);
    if (!file) return setFailed(t('fileMissing'));
    if (!format) return setFailed(t('formatUnknown'));
    if (file.size > MOST_BYTES) return setFailed(t('fileTooLarge'));
    try {
      setStep('hashing');
      const sha256 = await hashFile(file);
      const [subgraph = '', type = ''] = table.split(' ');
      const input = {
        subgraph,
        type,
        key: sha256,
        sha256,
        bytes: file.size,
        fileName: file.name,
        format,
        mode,
        mostRejected,
      };
      const done = await announce.run({ input });
      if (!done?.load) return;
      if (done.load.state === 'ANNOUNCED') {
        setStep('uploading');
        await uploadFile(file, { path: '/loads', key: 'load', id: done.load.id }, setPart);
      }
      void navigate(`/load?id=${done.load.id}`);
    } catch {
      setFailed(t('uploadFailed'));
    } finally {
      setStep(undefined);
    }
  };
  return (
    <>
      <PageHead title={t('loadFile')} intro={t('loadFileIntro')} />
      {tables.problem && <ProblemAlert problem={tables.problem} onRetry={tables.reload} />}
      <Form<Fields>
        layout="vertical"
        style={{ maxWidth: 640 }}
        initialValues={{ mode: 'UPSERT', mostRejected: 0 }}
        onFinish={(fields) => void send(fields)}
      >
        <Form.Item name="table" label={t('table')} rules={[{ required: true, message: t('fillIn') }]}>
          <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="mode" label={t('mode')}>
          <Radio.Group
            className="stacked"
            options={MODES.map((value) => ({ value, label: enums(`LoadMode.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="mostRejected" label={t('mostRejected')}>
          <InputNumber min={0} max={100} />
        </Form.Item>
        <p>
          <label htmlFor="file">{t('file')}</label>{' '}
          <input
            id="file"
            type="file"
            accept=".csv,.txt,.xlsx,.ndjson,.jsonl"
            onChange={({ target }) => setFile(target.files?.[0])}
          />
        </p>
        {step === 'uploading' && (
          <Progress aria-label={t('progress')} percent={Math.floor(100 * part)} status="active" />
        )}
        {failed && <Alert type="error" showIcon role="alert" title={failed} />}
        {announce.problem && <ProblemAlert problem={announce.problem} />}
        <Button type="primary" htmlType="submit" loading={step !== undefined || announce.busy}>
          {step ? t(`steps.${step}`) : t('load')}
        </Button>
      </Form>
    </>
  );
}
