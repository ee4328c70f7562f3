import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import Space from 'antd/es/space';
import Table from 'antd/es/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { ProblemAlert, problemOf, type Problem } from '../../parts/problem.js';
import { saveBlob } from '../../parts/save-blob.js';
import { useCommand } from '../../parts/use-command.js';
import { writeCsv } from '../../parts/write-sheet.js';
import { fromBase64, toBase64 } from './base64.js';
import {
  CatalogueFileDocument,
  ImportCatalogueDocument,
  type CatalogueFileFormat,
  type CsvEncoding,
  type ImportCatalogueMutation,
} from './provide.generated.js';

type Report = NonNullable<ImportCatalogueMutation['importCatalogue']['import']>;
type Fault = Report['faults'][number];
type Entry = Report['entries'][number];

/** The department's catalogue as a file, and entries from one: tried first, with every fault in a list, then confirmed. */
export function EntriesFile({
  provider,
  mayImport,
  onDone,
}: {
  provider: string;
  mayImport: boolean;
  onDone: () => void;
}) {
  const { t } = useTranslation('provide');
  const client = useClient();
  const [problem, setProblem] = useState<Problem>();
  const [open, setOpen] = useState(false);
  const save = async (format: CatalogueFileFormat, encoding: CsvEncoding = 'UTF_8') => {
    const { data, error } = await client
      .query(CatalogueFileDocument, { provider, format, encoding }, { requestPolicy: 'network-only' })
      .toPromise();
    setProblem(error && problemOf(error, t('failedHelp')));
    const file = data?.catalogueFile;
    if (file) saveBlob(new Blob([fromBase64(file.content)], { type: file.mediaType }), file.name);
  };
  return (
    <>
      <Space wrap className="no-print">
        <Button onClick={() => void save('XLSX')}>{t('exportXlsx')}</Button>
        <Button onClick={() => void save('CSV')}>{t('exportCsv')}</Button>
        <Button onClick={() => void save('CSV', 'GBK')}>{t('exportGbk')}</Button>
        {mayImport && (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('importEntries')}
          </Button>
        )}
      </Space>
      {problem && <ProblemAlert problem={problem} />}
      {open && <ImportEntries onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}

function ImportEntries({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const command = useCommand(ImportCatalogueDocument, (data) => data.importCatalogue);
  const [content, setContent] = useState<string>();
  const [report, setReport] = useState<Report>();
  const choose = async (file: File | undefined) => {
    setReport(undefined);
    if (!file) return setContent(undefined);
    const read = toBase64(await file.arrayBuffer());
    setContent(read);
    setReport((await command.run({ content: read, dryRun: true }))?.import ?? undefined);
  };
  const confirm = async () => {
    if (content === undefined || !report) return;
    const done = await command.run({ content, dryRun: false, plan: report.plan });
    if (!done?.import) return;
    setReport(done.import);
    onDone();
  };
  const faults = report?.faults ?? [];
  const isReady = report?.dryRun === true && faults.length === 0 && report.added + report.changed > 0;
  const headings = [t('faultRow'), t('faultColumn'), t('faultValue'), t('faultCode'), t('faultMessage')];
  const cellsOf = ({ row, column, value, code, message }: Fault) => [
    String(row ?? ''),
    column ?? '',
    value ?? '',
    code,
    message,
  ];
  return (
    <Modal
      open
      width={960}
      title={t('importEntries')}
      okText={t('importConfirm')}
      okButtonProps={{ disabled: !isReady, loading: command.busy }}
      onOk={() => void confirm()}
      onCancel={onClose}
    >
      <p>{t('importHelp')}</p>
      <p>
        <label htmlFor="catalogue-file">{t('importFile')}</label>{' '}
        <input
          id="catalogue-file"
          type="file"
          accept=".csv,.xlsx"
          onChange={({ target }) => void choose(target.files?.[0])}
        />
      </p>
      {command.problem && <ProblemAlert problem={command.problem} />}
      {faults.length > 0 && (
        <>
          <Alert type="error" showIcon role="alert" title={t('importFaults', { count: faults.length })} />
          <Table<Fault>
            aria-label={t('faultMessage')}
            size="small"
            dataSource={[...faults]}
            rowKey={(fault) => cellsOf(fault).join('|')}
            pagination={{ hideOnSinglePage: true, pageSize: 20, showSizeChanger: false }}
            columns={headings.map((title, at) => ({ title, render: (_, fault) => cellsOf(fault)[at] }))}
          />
          <Button onClick={() => saveBlob(writeCsv([headings, ...faults.map(cellsOf)]), `${t('faultMessage')}.csv`)}>
            {t('faultReport')}
          </Button>
        </>
      )}
      {report && faults.length === 0 && (
        <>
          <Alert
            type={report.dryRun ? 'info' : 'success'}
            showIcon
            title={t(report.dryRun ? 'importPlan' : 'importDone', {
              added: report.added,
              changed: report.changed,
              untouched: report.untouched,
            })}
          />
          <Table<Entry>
            aria-label={t('entries')}
            size="small"
            dataSource={[...report.entries]}
            rowKey="code"
            pagination={{ hideOnSinglePage: true, pageSize: 20, showSizeChanger: false }}
            columns={[
              { title: t('code'), dataIndex: 'code' },
              { title: t('entry'), dataIndex: 'name' },
              { title: t('outcome'), render: (_, { outcome }) => enums(`ImportOutcome.${outcome}`) },
              {
                title: t('itemChanges'),
                render: (_, { itemsAdded, itemsChanged, itemsRemoved }) =>
                  `${itemsAdded} / ${itemsChanged} / ${itemsRemoved}`,
              },
            ]}
          />
        </>
      )}
    </Modal>
  );
}
