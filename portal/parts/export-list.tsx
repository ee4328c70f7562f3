import Button from 'antd/es/button';
import Space from 'antd/es/space';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { problemOf, ProblemAlert, type Problem } from './problem.js';
import { saveBlob } from './save-blob.js';
import type { SheetRows } from './write-sheet.js';

/** Offers a list as a file.
 *  @param props  `name` of the file, without its ending; `read`: all rows, the headings first */
export function ExportList({ name, read }: { name: string; read: () => Promise<SheetRows> }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<'csv' | 'xlsx'>();
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<number>();
  const save = async (format: 'csv' | 'xlsx') => {
    setBusy(format);
    setProblem(undefined);
    try {
      const rows = await read();
      const { writeCsv, writeXlsx } = await import('./write-sheet.js');
      const blob = format === 'csv' ? writeCsv(rows) : await writeXlsx(rows, name);
      saveBlob(blob, `${name}.${format}`);
      setDone(rows.length - 1);
    } catch (error) {
      setProblem(problemOf(error as CombinedError, t('failedHelp')));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Space wrap>
      <Button loading={busy === 'xlsx'} disabled={busy !== undefined} onClick={() => void save('xlsx')}>
        {t('exportXlsx')}
      </Button>
      <Button loading={busy === 'csv'} disabled={busy !== undefined} onClick={() => void save('csv')}>
        {t('exportCsv')}
      </Button>
      <span role="status">{done !== undefined && t('exported', { rows: done })}</span>
      {problem && <ProblemAlert problem={problem} />}
    </Space>
  );
}
