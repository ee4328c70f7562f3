import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Problem } from './problem.js';

/** A record that is dealt with together with others. */
export interface ActRow {
  readonly id: string;
  readonly name: string;
  /** Page of the record. */
  readonly to: string;
}

/** What became of one of them: `problem` where it was refused. */
export interface RowOutcome extends ActRow {
  readonly problem?: Problem;
}

/** A button for one act on several records, each with a reason of its own, or one that is set for all. What one is refused for
 *  holds up no other, and is told by record.
 *  @param props  `fields`: what else the act needs, for all; `act`: deals with all, and tells of each as soon as it is known */
export function ActOnRows<F extends object = object>({
  label,
  help,
  danger = false,
  primary = false,
  reason,
  rows,
  fields,
  act,
  onOutcomes,
}: {
  label: string;
  help?: string;
  danger?: boolean;
  primary?: boolean;
  reason: 'required' | 'optional' | 'none';
  rows: readonly ActRow[];
  fields?: ReactNode;
  act: (
    filled: F,
    reasonOf: (id: string) => string | undefined,
    tell: (outcomes: readonly RowOutcome[]) => void,
  ) => Promise<void>;
  onOutcomes: (outcomes: readonly RowOutcome[]) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ all?: string; reasons?: Record<string, string | undefined>; more?: F }>();
  const formName = useId();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const send = async (reasons: Readonly<Record<string, string | undefined>>, more: F) => {
    if (busy) return;
    setBusy(true);
    try {
      await act(more, (id) => reasons[id] || undefined, onOutcomes);
      setOpen(false);
      form.resetFields();
    } finally {
      setBusy(false);
    }
  };
  const rules = reason === 'required' ? [{ required: true, whitespace: true, message: t('reasonMissing') }] : [];
  return (
    <>
      <Button
        danger={danger}
        type={primary ? 'primary' : 'default'}
        disabled={rows.length === 0}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal
        open={open}
        title={label}
        okText={t('confirm')}
        cancelText={t('cancel')}
        okButtonProps={{ danger, loading: busy }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
      >
        {help && <p>{help}</p>}
        <Form
          name={formName}
          form={form}
          layout="vertical"
          onFinish={({ reasons, more }) => void send(reasons ?? {}, more ?? ({} as F))}
        >
          {fields}
          {reason !== 'none' && rows.length > 1 && (
            <Form.Item name="all" label={t('reasonForAll')} extra={t('reasonForAllHelp')}>
              <Input
                maxLength={500}
                onChange={({ target }) =>
                  form.setFieldValue('reasons', Object.fromEntries(rows.map(({ id }) => [id, target.value])))
                }
              />
            </Form.Item>
          )}
          {reason !== 'none' &&
            rows.map(({ id, name }) => (
              <Form.Item key={id} name={['reasons', id]} label={t('reasonFor', { name })} rules={rules}>
                <Input maxLength={500} />
              </Form.Item>
            ))}
        </Form>
      </Modal>
    </>
  );
}

/** What became of each record that was dealt with together. */
export function RowOutcomes({ outcomes, done }: { outcomes: readonly RowOutcome[]; done: string }) {
  const { t } = useTranslation();
  if (outcomes.length === 0) return null;
  const refused = outcomes.filter(({ problem }) => problem).length;
  return (
    <Alert
      type={refused === 0 ? 'success' : 'warning'}
      showIcon
      role="alert"
      title={t('rowOutcomes', { done: outcomes.length - refused, refused })}
      description={
        <ul>
          {outcomes.map(({ id, name, to, problem }) => (
            <li key={id}>
              <Link to={to}>{name}</Link>：
              {problem ? [problem.message, problem.code].filter(Boolean).join(' · ') : done}
            </li>
          ))}
        </ul>
      }
    />
  );
}
