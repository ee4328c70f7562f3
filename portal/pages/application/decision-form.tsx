import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { basisKinds } from '../../parts/basis-kinds.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useCommand } from '../../parts/use-command.js';
import type { NamedItem } from '../../parts/use-items.js';
import { TermFields, toTerms, type TermFieldValues } from './term-fields.js';
import {
  DecideApplicationDocument,
  type BasisKind,
  type ProviderReviewQuery,
  type VerificationDetail,
  type Verdict,
} from './application.generated.js';

type Review = NonNullable<ProviderReviewQuery['providerReview']>;

interface Fields extends TermFieldValues {
  readonly verdict: Verdict;
  readonly coordinates: string[];
  readonly verificationDetails?: VerificationDetail[];
  readonly dutyNeed?: boolean;
  readonly reason?: string;
  readonly basisKind?: BasisKind;
  readonly provision?: string;
}

const VERDICTS: readonly Verdict[] = ['AGREE', 'REFUSE', 'ASK_CHANGES'];

/** The decision of the open step: a plain agreement to what the steps before have left is one click on the button; items can
 *  be left out; a refusal cites its basis. */
export function DecisionForm({
  review,
  items,
  onDone,
}: {
  review: Review;
  items: ReadonlyMap<string, NamedItem>;
  onDone: () => void;
}) {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  const [form] = Form.useForm<Fields>();
  const decide = useCommand(DecideApplicationDocument, (data) => data.decideApplication);
  const verdict = Form.useWatch('verdict', form) ?? 'AGREE';
  const { coordinates, verificationDetails: details } = review.terms;

  const send = async (fields: Fields) => {
    const left = fields.coordinates ?? coordinates;
    const agreed = fields.verdict === 'AGREE';
    const done = await decide.run({
      review: review.id,
      version: review.version,
      decision: {
        verdict: fields.verdict,
        reason: fields.reason || undefined,
        ...(agreed && {
          dutyNeed: fields.dutyNeed,
          terms: {
            mode: review.terms.mode,
            coordinates: left,
            ...toTerms(fields, left),
            ...(details && { verificationDetails: fields.verificationDetails ?? details }),
          },
        }),
        ...(fields.verdict === 'REFUSE' &&
          fields.basisKind &&
          fields.provision && { bases: [{ kind: fields.basisKind, provision: fields.provision }] }),
      },
    });
    if (done) onDone();
  };

  return (
    <section className="no-print">
      <h2>{t('decision')}</h2>
      <Form<Fields>
        form={form}
        layout="vertical"
        style={{ maxWidth: 640 }}
        initialValues={{
          verdict: 'AGREE',
          coordinates: [...coordinates],
          verificationDetails: [...(details ?? [])],
          dutyNeed: true,
        }}
        onValuesChange={(changed: Partial<Fields>) => {
          // What was wrong with a refusal is not wrong with an agreement.
          if (changed.verdict) form.setFields([{ name: 'reason', errors: [] }]);
        }}
        onFinish={(fields) => void send(fields)}
      >
        <Form.Item name="verdict" label={t('verdict')}>
          <Radio.Group options={VERDICTS.map((value) => ({ value, label: enums(`Verdict.${value}`) }))} />
        </Form.Item>
        {verdict === 'AGREE' && (
          <>
            <Form.Item
              name="coordinates"
              label={t('agreedItems')}
              rules={[{ type: 'array', min: 1, message: t('agreedItemsMissing') }]}
            >
              <Checkbox.Group
                className="stacked"
                options={coordinates.map((value) => ({ value, label: items.get(value)?.name ?? value }))}
              />
            </Form.Item>
            {details && (
              <Form.Item name="verificationDetails" label={t('agreedDetails')} extra={t('detailsHelp')}>
                <Checkbox.Group
                  options={details.map((value) => ({ value, label: enums(`VerificationDetail.${value}`) }))}
                />
              </Form.Item>
            )}
            <TermFields terms={review.terms} items={items} />
            <Form.Item name="dutyNeed" valuePropName="checked" label={t('dutyNeedLabel')}>
              <Checkbox>{t('dutyNeed')}</Checkbox>
            </Form.Item>
          </>
        )}
        <Form.Item
          name="reason"
          label={t('decisionReason')}
          rules={verdict === 'AGREE' ? [] : [{ required: true, message: t('decisionReasonMissing') }]}
        >
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        {verdict === 'REFUSE' && (
          <Space wrap align="start">
            <Form.Item name="basisKind" label={t('basisKind')} rules={[{ required: true, message: t('basisMissing') }]}>
              <Select
                style={{ minWidth: 200 }}
                options={basisKinds.map((value) => ({ value, label: enums(`BasisKind.${value}`) }))}
              />
            </Form.Item>
            <Form.Item name="provision" label={t('provision')} rules={[{ required: true, message: t('basisMissing') }]}>
              <Input maxLength={200} placeholder={t('provisionHint')} />
            </Form.Item>
          </Space>
        )}
        {decide.problem && <ProblemAlert problem={decide.problem} />}
        <Button type="primary" danger={verdict === 'REFUSE'} htmlType="submit" loading={decide.busy}>
          {t(`decide${verdict}`)}
        </Button>
      </Form>
    </section>
  );
}
