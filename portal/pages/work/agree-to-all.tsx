import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClient } from 'urql';
import { problemOf, type Problem } from '../../parts/problem.js';
import { AgreeToReviewDocument, type MyTasksQuery } from './work.generated.js';

type Task = NonNullable<MyTasksQuery['myTasks']>['nodes'][number];
type Outcome = { readonly id: string; readonly problem?: Problem };

/** Agrees to several reviews, each by a decision of its own with a reason of its own: what one is refused for holds up no other. */
export function AgreeToAll({ tasks, onDone }: { tasks: readonly Task[]; onDone: () => void }) {
  const { t } = useTranslation('work');
  const { t: app } = useTranslation();
  const client = useClient();
  const [form] = Form.useForm<Record<string, string | undefined>>();
  const [open, setOpen] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [busy, setBusy] = useState(false);

  const agree = async (reasons: Readonly<Record<string, string | undefined>>) => {
    if (busy) return;
    setBusy(true);
    const done: Outcome[] = [];
    for (const { id, version, terms } of tasks) {
      const decision = {
        verdict: 'AGREE',
        dutyNeed: true,
        reason: reasons[id] || undefined,
        terms: { mode: terms.mode, coordinates: terms.coordinates },
      } as const;
      const { data, error } = await client
        .mutation(AgreeToReviewDocument, { review: id, version, decision })
        .toPromise();
      const unanswered = data
        ? undefined
        : error
          ? problemOf(error, app('failedHelp'))
          : { message: app('failedHelp') };
      done.push({ id, problem: data?.decideApplication.refusal ?? unanswered });
      setOutcomes([...done]);
    }
    setBusy(false);
    setOpen(false);
    onDone();
  };
  return (
    <>
      <p>
        <Button type="primary" disabled={tasks.length === 0} onClick={() => setOpen(true)}>
          {t('agreeToAll', { count: tasks.length })}
        </Button>
      </p>
      {outcomes.map(({ id, problem }) => (
        <Alert
          key={id}
          type={problem ? 'error' : 'success'}
          showIcon
          title={
            <>
              <Link to={`/review?id=${encodeURIComponent(id)}`}>{id}</Link>：
              {problem ? [problem.message, problem.code].filter(Boolean).join(' · ') : t('agreed')}
            </>
          }
        />
      ))}
      <Modal
        open={open}
        title={t('agreeToAll', { count: tasks.length })}
        okText={app('confirm')}
        cancelText={app('cancel')}
        okButtonProps={{ loading: busy }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        <p>{t('agreeToAllHelp')}</p>
        <Form form={form} layout="vertical" onFinish={(reasons) => void agree(reasons)}>
          {tasks.map(({ id }) => (
            <Form.Item key={id} name={id} label={t('reasonFor', { id })}>
              <Input maxLength={500} />
            </Form.Item>
          ))}
        </Form>
      </Modal>
    </>
  );
}
