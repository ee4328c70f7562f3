import Button from 'antd/es/button';
import DatePicker from 'antd/es/date-picker';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import Select from 'antd/es/select';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { startOfDay } from '../../parts/dates.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useCommand } from '../../parts/use-command.js';
import { useItems } from '../../parts/use-items.js';
import { ReportCorrectionDocument, type CorrectionKind, type DisputedSubjectKind } from './correction.generated.js';

interface Fields {
  readonly kind: CorrectionKind;
  readonly subjectKind: DisputedSubjectKind;
  readonly identifier: string;
  readonly items: string[];
  readonly description: string;
  readonly errorSince?: Dayjs;
  readonly identityCheck?: string;
}

const KINDS: readonly CorrectionKind[] = ['ERROR', 'DOUBT', 'MISMATCH'];
const SUBJECTS: readonly DisputedSubjectKind[] = ['PERSON', 'ORGANISATION'];

/** Reports a doubt on items of a person or an organisation: `?item=Type.field` names items. The value itself is not shown. */
export default function ReportPage() {
  const { t } = useTranslation('correction');
  const { t: enums } = useTranslation('enums');
  const { roles } = useSession();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const named = params.getAll('item');
  const [form] = Form.useForm<Fields>();
  const chosen = Form.useWatch('items', form) ?? named;
  const names = useItems(chosen);
  const report = useCommand(ReportCorrectionDocument, (data) => data.reportCorrection);
  const atDesk = roles.includes('citizen-service');
  const send = async ({ subjectKind, identifier, errorSince, ...fields }: Fields) => {
    const done = await report.run({
      input: {
        ...fields,
        subject: { kind: subjectKind, identifier: identifier.trim() },
        errorSince: errorSince && startOfDay(errorSince),
      },
    });
    if (done?.correction) void navigate(`/correction?id=${done.correction.id}`, { replace: true });
  };
  return (
    <>
      <PageHead title={t('report')} intro={t('reportIntro')} />
      <Form<Fields>
        form={form}
        layout="vertical"
        style={{ maxWidth: 640 }}
        initialValues={{ kind: 'ERROR', subjectKind: 'PERSON', items: named }}
        onFinish={(fields) => void send(fields)}
      >
        <Form.Item name="kind" label={t('kind')}>
          <Radio.Group options={KINDS.map((value) => ({ value, label: enums(`CorrectionKind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="subjectKind" label={t('subject')}>
          <Radio.Group options={SUBJECTS.map((value) => ({ value, label: enums(`DisputedSubjectKind.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="identifier"
          label={t('identifier')}
          rules={[{ required: true, message: t('identifierMissing') }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="items"
          label={t('items')}
          extra={chosen.map((each) => names.get(each)?.name ?? each).join('、') || t('itemsHelp')}
          rules={[{ required: true, type: 'array', min: 1, message: t('itemsMissing') }]}
        >
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',', '，']} />
        </Form.Item>
        <Form.Item
          name="description"
          label={t('description')}
          rules={[{ required: true, message: t('descriptionMissing') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
        <Form.Item name="errorSince" label={t('errorSince')}>
          <DatePicker />
        </Form.Item>
        {atDesk && (
          <Form.Item name="identityCheck" label={t('identityCheck')}>
            <Input maxLength={200} />
          </Form.Item>
        )}
        {report.problem && <ProblemAlert problem={report.problem} />}
        <Button type="primary" htmlType="submit" loading={report.busy}>
          {t('send')}
        </Button>
      </Form>
    </>
  );
}
