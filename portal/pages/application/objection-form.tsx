import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../parts/problem.js';
import { useCommand } from '../../parts/use-command.js';
import { ObjectToRefusalDocument } from './application.generated.js';

/** The applicant's objection to a refusal, which goes on to coordination. */
export function ObjectionForm({
  review,
  onDone,
}: {
  review: { readonly id: string; readonly version: number };
  onDone: () => void;
}) {
  const { t } = useTranslation('application');
  const object = useCommand(ObjectToRefusalDocument, (data) => data.objectToRefusal);
  return (
    <section className="no-print">
      <h2>{t('objection')}</h2>
      <Form<{ readonly reason: string }>
        layout="vertical"
        style={{ maxWidth: 640 }}
        onFinish={({ reason }) =>
          void object.run({ review: review.id, version: review.version, reason }).then((done) => done && onDone())
        }
      >
        <Form.Item name="reason" label={t('objectionReason')} rules={[{ required: true, message: t('reasonMissing') }]}>
          <Input.TextArea rows={3} maxLength={1000} showCount />
        </Form.Item>
        {object.problem && <ProblemAlert problem={object.problem} />}
        <Button type="primary" htmlType="submit" loading={object.busy}>
          {t('object')}
        </Button>
      </Form>
    </section>
  );
}
