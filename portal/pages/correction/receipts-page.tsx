import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Switch from 'antd/es/switch';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { ConfirmReceiptDocument, ReceiptsDocument, type ReceiptsQuery } from './correction.generated.js';

type Receipt = NonNullable<ReceiptsQuery['correctionReceipts']>['nodes'][number];

/** Results of corrections that departments which had been given the item are told. */
export default function ReceiptsPage() {
  const { t } = useTranslation('correction');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const unconfirmed = list.filter('all') !== 'yes';
  const records = useRecords(ReceiptsDocument, { unconfirmed }, ({ correctionReceipts }) => correctionReceipts, list);
  const confirm = useCommand(ConfirmReceiptDocument, (data) => data.confirmCorrectionReceipt);
  return (
    <>
      <PageHead title={t('receiptsTitle')} intro={t('receiptsIntro')} />
      <p>
        <label>
          <Switch
            checked={unconfirmed}
            onChange={(checked) => list.setFilters({ all: checked ? undefined : 'yes' })}
            aria-label={t('unconfirmedOnly')}
          />{' '}
          {t('unconfirmedOnly')}
        </label>
      </p>
      <RecordTable<Receipt>
        label={t('receiptsTitle')}
        records={records}
        list={list}
        rowKey={({ correction, department: receiver }) => `${correction} ${receiver}`}
        empty={t('noReceipts')}
        columns={[
          {
            title: t('number'),
            text: ({ correction }) => correction,
            render: ({ correction }) => <Link to={`/correction?id=${correction}`}>{correction}</Link>,
          },
          { title: t('receiver'), text: ({ department: receiver }) => departmentName(receiver) },
          { title: t('verdict'), text: ({ verdict }) => enums(`CorrectionVerdict.${verdict}`) },
          { title: t('uses'), text: ({ uses, lastAt }) => t('usesOf', { count: uses, at: showTime(lastAt) }) },
          { title: t('told'), text: ({ toldAt }) => showTime(toldAt) },
          {
            title: t('confirmed'),
            text: ({ confirmedAt, note }) => (confirmedAt ? `${showTime(confirmedAt)} ${note ?? ''}` : '—'),
            render: ({ correction, department: receiver, confirmedAt, note }) =>
              confirmedAt || receiver !== department?.code ? (
                `${showTime(confirmedAt)} ${note ?? ''}`
              ) : (
                <Act<Parameters<typeof confirm.run>[0], unknown, { readonly note: string }>
                  label={t('confirmReceipt')}
                  help={t('confirmReceiptHelp')}
                  fields={
                    <Form.Item name="note" label={t('note')} rules={[{ required: true, message: t('noteMissing') }]}>
                      <Input.TextArea rows={3} maxLength={500} />
                    </Form.Item>
                  }
                  command={confirm}
                  variables={({ note: words }) => ({ correction, note: words })}
                  onDone={records.answer.reload}
                />
              ),
          },
        ]}
      />
    </>
  );
}
