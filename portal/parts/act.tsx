import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnyVariables } from 'urql';
import { ProblemAlert } from './problem.js';
import type { Command } from './use-command.js';

/** A button for one act of governance: it says what will be, asks for what the act needs, and tells why it was refused.
 *  @param props  `help`: what the act does; `reason`: whether the act takes one, `required` where the law wants it; `fields`:
 *                what else it needs, as items of a form; `variables`: of the command, by what was filled in */
export function Act<V extends AnyVariables, R, F extends object = object>({
  label,
  help,
  danger = false,
  primary = false,
  reason = 'none',
  fields,
  initial,
  command,
  variables,
  onDone,
}: {
  label: string;
  help?: string;
  danger?: boolean;
  primary?: boolean;
  reason?: 'required' | 'optional' | 'none';
  fields?: ReactNode;
  initial?: Partial<F>;
  command: Command<V, R>;
  variables: (filled: F & { readonly reason?: string }) => V;
  onDone: (result: R) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm();
  // Two acts on one page may ask for fields of one name: each label belongs to its own.
  const formName = useId();
  const send = async (filled: F & { readonly reason?: string }) => {
    const result = await command.run(variables(filled));
    if (result === undefined) return;
    setOpen(false);
    form.resetFields();
    onDone(result);
  };
  return (
    <>
      <Button danger={danger} type={primary ? 'primary' : 'default'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={label}
        okText={t('confirm')}
        cancelText={t('cancel')}
        okButtonProps={{ danger, loading: command.busy }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        forceRender={false}
      >
        {help && <p>{help}</p>}
        <Form
          name={formName}
          form={form}
          layout="vertical"
          initialValues={initial}
          onFinish={(filled) => void send(filled as F)}
        >
          {fields}
          {reason !== 'none' && (
            <Form.Item
              name="reason"
              label={t('reason')}
              rules={reason === 'required' ? [{ required: true, message: t('reasonMissing') }] : []}
            >
              <Input.TextArea rows={3} maxLength={500} />
            </Form.Item>
          )}
        </Form>
        {command.problem && <ProblemAlert problem={command.problem} />}
      </Modal>
    </>
  );
}
