import Button from 'antd/es/button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveBlob } from './save-blob.js';

/** Header by which the hub knows that one of its own pages asks. */
export const PAGE_HEADERS = { 'sharehub-page': 'portal' } as const;

/** A file that the hub keeps for the signed-in person's department, to be fetched with a click.
 *  @param props  `path` below the hub; `name` of the file */
export function HubFile({ path, name, label }: { path: string; name: string; label: string }) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const fetchFile = async () => {
    const response = await fetch(path, { headers: PAGE_HEADERS }).catch(() => undefined);
    setFailed(!response?.ok);
    if (response?.ok) saveBlob(await response.blob(), name);
  };
  return (
    <>
      <Button type="link" onClick={() => void fetchFile()}>
        {label}
      </Button>
      {failed && <span role="alert">{t('fileGone')}</span>}
    </>
  );
}
