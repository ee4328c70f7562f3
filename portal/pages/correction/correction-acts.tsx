import Form from 'antd/es/form';
import Radio from 'antd/es/radio';
import Input from 'antd/es/input';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { useCommand } from '../../parts/use-command.js';
import type { NamedItem } from '../../parts/use-items.js';
import {
  AcceptCorrectionDocument,
  CloseCorrectionDocument,
  CoordinateCorrectionDocument,
  DecideCorrectionDocument,
  DispatchCorrectionDocument,
  FeedBackMismatchDocument,
  ObjectToCorrectionDocument,
  WithdrawCorrectionDocument,
  type CorrectionCaseQuery,
  type MismatchFinding,
} from './correction.generated.js';
import { VerdictFormFields, type VerdictFields } from './verdict-fields.js';

type Case = NonNullable<CorrectionCaseQuery['correction']>;
const FINDINGS: readonly MismatchFinding[] = ['OWN_WRONG', 'OWN_RIGHT'];

/** Acts on a correction that its state leaves to the signed-in person. The hub decides whether they may. */
export function CorrectionActs({
  correction,
  names,
  onDone,
}: {
  correction: Case;
  names: ReadonlyMap<string, NamedItem>;
  onDone: () => void;
}) {
  const { t } = useTranslation('correction');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const feedBack = useCommand(FeedBackMismatchDocument, (data) => data.feedBackMismatch);
  const dispatch = useCommand(DispatchCorrectionDocument, (data) => data.dispatchCorrection);
  const accept = useCommand(AcceptCorrectionDocument, (data) => data.acceptCorrection);
  const decide = useCommand(DecideCorrectionDocument, (data) => data.decideCorrection);
  const object = useCommand(ObjectToCorrectionDocument, (data) => data.objectToCorrection);
  const coordinate = useCommand(CoordinateCorrectionDocument, (data) => data.coordinateCorrection);
  const close = useCommand(CloseCorrectionDocument, (data) => data.closeCorrection);
  const withdraw = useCommand(WithdrawCorrectionDocument, (data) => data.withdrawCorrection);

  const { id, version, status, items } = correction;
  const seen = { id, version };
  const reporter = correction.department === department?.code;
  const provider = correction.provider === department?.code;
  const decision = ({ verdict, items: corrected, words }: VerdictFields) => ({
    verdict,
    items: verdict === 'PARTLY' ? corrected : undefined,
    reason: words,
  });
  return (
    <Space wrap>
      {reporter && status === 'FOUND' && (
        <Act<Parameters<typeof feedBack.run>[0], unknown, { readonly finding: MismatchFinding }>
          label={t('feedBack')}
          primary
          help={t('feedBackHelp')}
          reason="required"
          fields={
            <Form.Item name="finding" label={t('finding')} rules={[{ required: true, message: t('verdictMissing') }]}>
              <Radio.Group
                className="stacked"
                options={FINDINGS.map((value) => ({ value, label: enums(`MismatchFinding.${value}`) }))}
              />
            </Form.Item>
          }
          command={feedBack}
          variables={({ finding, reason }) => ({ ...seen, finding, reason: reason ?? '' })}
          onDone={onDone}
        />
      )}
      {roles.includes('operator') && status === 'REPORTED' && (
        <Act<Parameters<typeof dispatch.run>[0], unknown, { readonly analysis: string }>
          label={t('dispatch')}
          primary
          help={t('dispatchHelp')}
          fields={
            <Form.Item name="analysis" label={t('analysis')} rules={[{ required: true, message: t('reasonMissing') }]}>
              <Input.TextArea rows={3} maxLength={500} />
            </Form.Item>
          }
          command={dispatch}
          variables={({ analysis }) => ({ ...seen, analysis })}
          onDone={onDone}
        />
      )}
      {provider && status === 'DISPATCHED' && (
        <Act
          label={t('accept')}
          primary
          help={t('acceptHelp')}
          command={accept}
          variables={() => seen}
          onDone={onDone}
        />
      )}
      {provider && status === 'ACCEPTED' && (
        <Act<Parameters<typeof decide.run>[0], unknown, VerdictFields>
          label={t('decide')}
          primary
          help={t('decideHelp')}
          fields={<VerdictFormFields items={items} names={names} />}
          command={decide}
          variables={(filled) => ({ ...seen, decision: decision(filled) })}
          onDone={onDone}
        />
      )}
      {roles.includes('authority') && status === 'DISPUTED' && (
        <Act<Parameters<typeof coordinate.run>[0], unknown, VerdictFields>
          label={t('coordinate')}
          primary
          fields={<VerdictFormFields items={items} names={names} withReference />}
          command={coordinate}
          variables={(filled) => ({ ...seen, reference: filled.reference ?? '', decision: decision(filled) })}
          onDone={onDone}
        />
      )}
      {reporter && (status === 'REJECTED' || status === 'NOTIFIED') && (
        <Act label={t('close')} help={t('closeHelp')} command={close} variables={() => seen} onDone={onDone} />
      )}
      {reporter && status === 'REJECTED' && (
        <Act
          label={t('object')}
          help={t('objectHelp')}
          reason="required"
          command={object}
          variables={({ reason }) => ({ ...seen, reason: reason ?? '' })}
          onDone={onDone}
        />
      )}
      {reporter && ['FOUND', 'REPORTED', 'DISPATCHED', 'ACCEPTED'].includes(status) && (
        <Act
          label={t('withdraw')}
          reason="required"
          command={withdraw}
          variables={({ reason }) => ({ ...seen, reason: reason ?? '' })}
          onDone={onDone}
        />
      )}
    </Space>
  );
}
