import DatePicker from 'antd/es/date-picker';
import Form from 'antd/es/form';
import Space from 'antd/es/space';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showDay, showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { useCommand } from '../../parts/use-command.js';
import {
  ConfirmCheckConsentDocument,
  ProposeCheckConsentDocument,
  RefuseCheckConsentDocument,
  RevokeCheckConsentDocument,
  type CheckQuery,
} from './check.generated.js';

export type CheckDetail = NonNullable<CheckQuery['multiSourceChecks']>['nodes'][number];

/** Consents of the two owners to a check, with what a person of one of them, or of the authority, can do. */
export function CheckConsents({ check, onDone }: { check: CheckDetail; onDone: () => void }) {
  const { t } = useTranslation('check');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const propose = useCommand(ProposeCheckConsentDocument, (data) => data.proposeCheckConsent);
  const confirm = useCommand(ConfirmCheckConsentDocument, (data) => data.confirmCheckConsent);
  const refuse = useCommand(RefuseCheckConsentDocument, (data) => data.refuseCheckConsent);
  const revoke = useCommand(RevokeCheckConsentDocument, (data) => data.revokeCheckConsent);
  const isOwner = [check.leftOwner, check.rightOwner].includes(department?.code ?? '');
  const isOpen = check.consents.some(({ owner, state }) => owner === department?.code && state === 'PROPOSED');
  return (
    <>
      {check.consents.length === 0 && <p>{t('noConsents')}</p>}
      <ul className="item-list">
        {check.consents.map(({ id, owner, item, until, state, proposedAt, givenAt, reason }) => (
          <li key={id}>
            <DepartmentName code={owner} /> · {item} · {enums(`CheckConsentState.${state}`)} · {t('until')}{' '}
            {showDay(until)} ·{' '}
            {givenAt ? `${t('given')} ${showTime(givenAt)}` : `${t('proposed')} ${showTime(proposedAt)}`}
            {reason && ` · ${reason}`}{' '}
            <Space wrap>
              {state === 'PROPOSED' && owner === department?.code && (
                <>
                  <Act
                    label={t('confirm')}
                    help={t('confirmHelp')}
                    command={confirm}
                    variables={() => ({ id })}
                    onDone={onDone}
                  />
                  <Act
                    label={t('refuse')}
                    reason="required"
                    command={refuse}
                    variables={({ reason: why = '' }) => ({ id, reason: why })}
                    onDone={onDone}
                  />
                </>
              )}
              {state === 'GIVEN' && (owner === department?.code || roles.includes('authority')) && (
                <Act
                  label={t('revoke')}
                  danger
                  help={t('revokeHelp')}
                  reason="required"
                  command={revoke}
                  variables={({ reason: why = '' }) => ({ id, reason: why })}
                  onDone={onDone}
                />
              )}
            </Space>
          </li>
        ))}
      </ul>
      {isOwner && !isOpen && check.state !== 'ENDED' && (
        <Act<Parameters<typeof propose.run>[0], unknown, { until: Dayjs }>
          label={t('consent')}
          help={t('consentHelp')}
          primary
          fields={
            <Form.Item name="until" label={t('until')} rules={[{ required: true, message: t('untilMissing') }]}>
              <DatePicker />
            </Form.Item>
          }
          command={propose}
          variables={({ until }) => ({ check: check.id, until: until.format('YYYY-MM-DD') })}
          onDone={onDone}
        />
      )}
    </>
  );
}
