import Form from 'antd/es/form';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Radio from 'antd/es/radio';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { basisKinds } from '../../parts/basis-kinds.js';
import { useCommand } from '../../parts/use-command.js';
import {
  ConsentToExtensionDocument,
  CoordinateApplicationDocument,
  EscalateAnswerDocument,
  ExtendAnswerDocument,
  RecordNegotiationDocument,
  type BasisKind,
  type NegotiationOutcome,
  type ProviderReviewQuery,
} from './application.generated.js';

type Review = NonNullable<ProviderReviewQuery['providerReview']>;
const OUTCOMES: readonly NegotiationOutcome[] = ['OPEN', 'AGREED', 'FAILED'];
const yes = 'yes';

/** What can be done with a review besides deciding it: more time, a late answer told to those above, negotiation, and coordination
 *  with its document. The hub decides who may. */
export function ReviewActs({ review, onDone }: { review: Review; onDone: () => void }) {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const extend = useCommand(ExtendAnswerDocument, (data) => data.extendAnswer);
  const consent = useCommand(ConsentToExtensionDocument, (data) => data.consentToExtension);
  const negotiate = useCommand(RecordNegotiationDocument, (data) => data.recordNegotiation);
  const coordinate = useCommand(CoordinateApplicationDocument, (data) => data.coordinateApplication);
  const escalate = useCommand(EscalateAnswerDocument, (data) => data.escalateAnswer);
  const { status, provider, department: applicant } = review;
  const seen = { review: review.id, version: review.version };
  const answers = provider === department?.code;
  const authority = roles.includes('authority');
  const party = answers || applicant === department?.code;
  const required = [{ required: true, message: t('fieldMissing') }];
  const answer = (
    <Form.Item name="agreed" label={t('answer')} rules={required}>
      <Radio.Group
        options={[
          { value: yes, label: t('agreed') },
          { value: 'no', label: t('notAgreed') },
        ]}
      />
    </Form.Item>
  );
  return (
    <Space wrap className="no-print acts">
      {status === 'REVIEW' && answers && (
        <Act<Parameters<typeof extend.run>[0], unknown, { workingDays: number }>
          label={t('extend')}
          help={t('extendHelp')}
          reason="required"
          fields={
            <Form.Item name="workingDays" label={t('extendDays')} rules={required}>
              <InputNumber min={1} max={60} precision={0} />
            </Form.Item>
          }
          command={extend}
          variables={({ workingDays, reason = '' }) => ({ ...seen, workingDays, reason })}
          onDone={onDone}
        />
      )}
      {status === 'REVIEW' && (answers || authority) && (
        <Act<Parameters<typeof consent.run>[0], unknown, { agreed: string }>
          label={t('consentToExtension')}
          reason="optional"
          fields={answer}
          command={consent}
          variables={({ agreed, reason }) => ({ ...seen, agreed: agreed === yes, reason })}
          onDone={onDone}
        />
      )}
      {status === 'REVIEW' && review.time?.overdue && (party || authority) && (
        <Act
          label={t('escalate')}
          help={t('escalateHelp')}
          command={escalate}
          variables={() => ({ review: review.id })}
          onDone={onDone}
        />
      )}
      {status === 'NEGOTIATION' && party && (
        <Act<Parameters<typeof negotiate.run>[0], unknown, { outcome: NegotiationOutcome; record: string }>
          label={t('negotiate')}
          help={t('negotiateHelp')}
          primary
          fields={
            <>
              <Form.Item name="record" label={t('negotiationRecord')} rules={required}>
                <Input.TextArea rows={3} maxLength={1000} />
              </Form.Item>
              <Form.Item name="outcome" label={t('negotiationOutcome')} rules={required}>
                <Radio.Group
                  options={OUTCOMES.map((value) => ({ value, label: enums(`NegotiationOutcome.${value}`) }))}
                />
              </Form.Item>
            </>
          }
          command={negotiate}
          variables={({ outcome, record }) => ({ ...seen, outcome, record })}
          onDone={onDone}
        />
      )}
      {status === 'COORDINATION' && authority && (
        <Act<
          Parameters<typeof coordinate.run>[0],
          unknown,
          { agreed: string; reference: string; basisKind?: BasisKind; provision?: string }
        >
          label={t('coordinate')}
          help={t('coordinateHelp')}
          primary
          reason="optional"
          initial={{ reference: review.proposedCoordination ?? undefined }}
          fields={
            <>
              {answer}
              <Form.Item name="reference" label={t('coordinationReference')} rules={required}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name="basisKind" label={t('basisKind')} extra={t('coordinationBasisHelp')}>
                <Select
                  allowClear
                  options={basisKinds.map((value) => ({ value, label: enums(`BasisKind.${value}`) }))}
                />
              </Form.Item>
              <Form.Item name="provision" label={t('provision')}>
                <Input maxLength={200} placeholder={t('provisionHint')} />
              </Form.Item>
            </>
          }
          command={coordinate}
          variables={({ agreed, reference, basisKind, provision, reason }) => ({
            ...seen,
            agreed: agreed === yes,
            reference,
            reason,
            ...(basisKind && provision && { bases: [{ kind: basisKind, provision }] }),
          })}
          onDone={onDone}
        />
      )}
    </Space>
  );
}
