import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showDay } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useItems } from '../../parts/use-items.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  AgreeToConsentDocument,
  ConsentsDocument,
  RefuseConsentDocument,
  RevokeConsentDocument,
  type ConsentsQuery,
} from './provide.generated.js';

type Consent = NonNullable<ConsentsQuery['consents']>['nodes'][number];

/** Consents of owners to what other departments' subgraphs receive, given and proposed. */
export default function ConsentsPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(ConsentsDocument, {}, ({ consents }) => consents, list);
  const names = useItems([...new Set(records.page?.nodes.map(({ item }) => item) ?? [])]);
  const agree = useCommand(AgreeToConsentDocument, (data) => data.agreeToConsent);
  const refuse = useCommand(RefuseConsentDocument, (data) => data.refuseConsent);
  const revoke = useCommand(RevokeConsentDocument, (data) => data.revokeConsent);
  const onDone = records.answer.reload;
  return (
    <>
      <PageHead title={t('consents')} intro={t('consentsIntro')} />
      <RecordTable<Consent>
        label={t('consents')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noConsents')}
        columns={[
          { title: t('item'), text: ({ item }) => names.get(item)?.name ?? item },
          { title: t('owner'), text: ({ owner }) => departmentName(owner) },
          { title: t('receiver'), text: ({ receiver }) => departmentName(receiver) },
          { title: t('use'), text: ({ use, coordinate }) => `${enums(`ReleaseUse.${use}`)} · ${coordinate}` },
          { title: t('purpose'), text: ({ purpose }) => purpose },
          { title: t('until'), text: ({ until }) => showDay(until) },
          { title: t('state'), text: ({ state }) => enums(`ConsentState.${state}`) },
          {
            title: t('acts'),
            text: () => '',
            render: ({ id, owner, state }) =>
              owner !== department?.code ? null : (
                <Space wrap>
                  {(state === 'PROPOSED' || state === 'AGREED_ONCE') && (
                    <>
                      <Act
                        label={t('agree')}
                        help={t('agreeHelp')}
                        reason="optional"
                        command={agree}
                        variables={({ reason }) => ({ id, reason })}
                        onDone={onDone}
                      />
                      <Act
                        label={t('refuse')}
                        reason="required"
                        command={refuse}
                        variables={({ reason }) => ({ id, reason })}
                        onDone={onDone}
                      />
                    </>
                  )}
                  {state === 'GIVEN' && (
                    <Act
                      label={t('revoke')}
                      danger
                      help={t('revokeHelp')}
                      reason="required"
                      command={revoke}
                      variables={({ reason }) => ({ id, reason })}
                      onDone={onDone}
                    />
                  )}
                </Space>
              ),
          },
        ]}
      />
    </>
  );
}
