import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useCommand } from '../../parts/use-command.js';
import { SubmitDeclarationDocument } from './provide.generated.js';

interface Fields {
  readonly subgraph: string;
  readonly declaration: string;
  readonly note: string;
}

/** Submits a declaration of resources, which the hub serves by itself. It is checked, and published by another person. */
export default function DeclarePage() {
  const { t } = useTranslation('provide');
  const navigate = useNavigate();
  const submit = useCommand(SubmitDeclarationDocument, (data) => data.submitDeclaration);
  const required = [{ required: true, message: t('fillIn') }];
  const send = async (fields: Fields) => {
    const done = await submit.run(fields);
    if (done?.version) void navigate(`/version?id=${encodeURIComponent(done.version.id)}`, { replace: true });
  };
  return (
    <>
      <PageHead title={t('submitDeclaration')} intro={t('declareIntro')} />
      <Form<Fields> layout="vertical" style={{ maxWidth: 900 }} onFinish={(fields) => void send(fields)}>
        <Form.Item name="subgraph" label={t('subgraph')} rules={required}>
          <Input maxLength={63} />
        </Form.Item>
        <Form.Item name="declaration" label={t('declaration')} rules={required}>
          <Input.TextArea className="source" rows={18} spellCheck={false} maxLength={500_000} />
        </Form.Item>
        <Form.Item name="note" label={t('note')} rules={required}>
          <Input maxLength={300} />
        </Form.Item>
        {submit.problem && <ProblemAlert problem={submit.problem} />}
        <Button type="primary" htmlType="submit" loading={submit.busy}>
          {t('submit')}
        </Button>
      </Form>
    </>
  );
}
