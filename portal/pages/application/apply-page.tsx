import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { ItemList } from '../../parts/item-list.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import {
  ApplyChoicesDocument,
  StartApplicationDocument,
  type DataUse,
  type GrantMode,
  type VerificationDetail,
} from './application.generated.js';
import { findHeld } from './find-held.js';
import { Findings } from './findings.js';

interface Fields {
  readonly scenario: string;
  readonly mode: GrantMode;
  readonly verificationDetails?: VerificationDetail[];
  readonly duty: string;
  readonly uses: DataUse[];
  readonly reason: string;
  readonly contactName: string;
  readonly contactPhone: string;
}

const MODES: readonly GrantMode[] = ['QUERY', 'VERIFY', 'STATISTICS', 'BULK'];
const DETAILS: readonly VerificationDetail[] = ['PER_ITEM', 'NO_RECORD'];
/** The one there is, where there is no choice. */
const onlyOne = <T,>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);
const USES: readonly DataUse[] = ['ADMINISTRATIVE_BASIS', 'WORK_REFERENCE', 'VERIFICATION', 'COOPERATION'];

/** An application for items that were picked from the catalogue, `?item=Type.field`, or refused, with the scenario and the mode
 *  that the refusal names. What is to be said is chosen, as far as the hub knows it; everything that is missing is told at
 *  once. */
export default function ApplyPage() {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  const { person, department, scenarios } = useSession();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const coordinates = [...new Set(params.getAll('item'))];
  const answer = useAnswer(ApplyChoicesDocument, { department: department!.code, coordinates });
  const start = useCommand(StartApplicationDocument, (data) => data.startApplication);
  const [findings, setFindings] = useState<React.ComponentProps<typeof Findings>['findings']>([]);
  const scenario = Form.useWatch('scenario', form);
  const mode = Form.useWatch('mode', form);

  const items = new Map((answer.data?.catalogueItems ?? []).map((item) => [item.coordinate ?? '', item]));
  const held = findHeld(answer.data?.grants?.nodes ?? [], scenario, mode);
  const asked = coordinates.filter((coordinate) => !held.has(coordinate));
  const hidden = [...items.values()].some(({ shareType }) => shareType === 'NOT_SHARED');

  const send = async (submit: boolean) => {
    const fields = submit ? await form.validateFields().catch(() => undefined) : form.getFieldsValue();
    if (!fields) return;
    const use = fields.uses?.map((each) => enums(`DataUse.${each}`)).join('、');
    const result = await start.run({ submit, input: { ...fields, use, need: fields.reason, coordinates: asked } });
    if (!result) return;
    setFindings(result.findings);
    const { application } = result;
    if (application) void navigate(`/application?id=${application.id}`, { state: { findings: result.findings } });
  };

  if (coordinates.length === 0) return <Alert type="info" showIcon title={t('nothingPicked')} />;
  return (
    <>
      <PageHead title={t('applyTitle')} intro={t('applyIntro')} />
      {answer.problem && <ProblemAlert problem={answer.problem} onRetry={answer.reload} />}
      <h2>{t('items')}</h2>
      <ItemList coordinates={asked} items={items} />
      {held.size > 0 && (
        <Alert
          type="success"
          showIcon
          title={t('alreadyHeld')}
          description={<ItemList coordinates={coordinates.filter((each) => held.has(each))} items={items} />}
        />
      )}
      {hidden && mode === 'QUERY' && <Alert type="warning" showIcon title={t('notSharedHelp')} />}
      <Form<Fields>
        form={form}
        layout="vertical"
        style={{ maxWidth: 640 }}
        initialValues={{
          mode: MODES.find((each) => each === params.get('mode')) ?? 'QUERY',
          contactName: person,
          verificationDetails: DETAILS.filter((each) => params.getAll('detail').includes(each)),
          scenario: (scenarios.find(({ code }) => code === params.get('scenario')) ?? onlyOne(scenarios))?.code,
        }}
        onFinish={() => void send(true)}
      >
        <Form.Item name="scenario" label={t('scenario')} rules={[{ required: true, message: t('scenarioMissing') }]}>
          <Select
            options={scenarios.map(({ code, name, purpose }) => ({ value: code, label: `${name}：${purpose}` }))}
          />
        </Form.Item>
        <Form.Item name="mode" label={t('mode')}>
          <Radio.Group options={MODES.map((value) => ({ value, label: enums(`GrantMode.${value}`) }))} />
        </Form.Item>
        {mode === 'VERIFY' && (
          <Form.Item name="verificationDetails" label={t('details')} extra={t('detailsHelp')}>
            <Checkbox.Group
              options={DETAILS.map((value) => ({ value, label: enums(`VerificationDetail.${value}`) }))}
            />
          </Form.Item>
        )}
        <Form.Item name="duty" label={t('duty')}>
          <Select
            allowClear
            loading={answer.loading}
            options={(answer.data?.duties?.nodes ?? []).map(({ id, name, legalSource }) => ({
              value: id,
              label: `${name}（${legalSource}）`,
            }))}
          />
        </Form.Item>
        <Form.Item name="uses" label={t('uses')}>
          <Checkbox.Group options={USES.map((value) => ({ value, label: enums(`DataUse.${value}`) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('reason')} rules={[{ required: true, message: t('reasonMissing') }]}>
          <Input.TextArea rows={3} maxLength={1000} showCount />
        </Form.Item>
        <Space wrap>
          <Form.Item name="contactName" label={t('contactName')}>
            <Input maxLength={50} />
          </Form.Item>
          <Form.Item name="contactPhone" label={t('contactPhone')}>
            <Input maxLength={30} inputMode="tel" />
          </Form.Item>
        </Space>
        {start.problem && <ProblemAlert problem={start.problem} />}
        <Findings findings={findings} />
        <Space className="no-print actions">
          <Button type="primary" htmlType="submit" loading={start.busy} disabled={asked.length === 0}>
            {t('submit')}
          </Button>
          <Button onClick={() => void send(false)} disabled={start.busy || asked.length === 0}>
            {t('saveDraft')}
          </Button>
        </Space>
      </Form>
    </>
  );
}
