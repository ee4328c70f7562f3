import Button from 'antd/es/button';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HubFile } from '../../parts/hub-file.js';
import { ProblemAlert } from '../../parts/problem.js';
import { hashFile, uploadFile } from '../../parts/upload-file.js';
import { useCommand } from '../../parts/use-command.js';
import { AttachToApplicationDocument, type ApplicationQuery } from './application.generated.js';

type Attached = NonNullable<ApplicationQuery['application']>['files'][number];

const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png'];
const MOST_BYTES = 10_000_000;

/** Files of an application; whoever may, adds one.
 *  @param props  `mayAttach`: the own department's application is open */
export function Attachments({
  application,
  files,
  mayAttach,
  onDone,
}: {
  application: string;
  files: readonly Attached[];
  mayAttach: boolean;
  onDone: () => void;
}) {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  const attach = useCommand(AttachToApplicationDocument, ({ attachToApplication }) => attachToApplication);
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [unfit, setUnfit] = useState<string>();
  const send = async (file: File) => {
    setUnfit(undefined);
    if (!MEDIA_TYPES.includes(file.type)) return setUnfit(t('fileType'));
    if (file.size > MOST_BYTES || file.size === 0) return setUnfit(t('fileSize'));
    setBusy(true);
    try {
      const announced = { fileName: file.name, mediaType: file.type, bytes: file.size, sha256: await hashFile(file) };
      const done = await attach.run({ application, file: announced });
      if (!done?.file) return;
      if (done.file.state === 'ANNOUNCED')
        await uploadFile(file, { path: '/application-files', key: 'file', id: done.file.id }, () => undefined);
      onDone();
    } catch {
      setUnfit(t('uploadFailed'));
    } finally {
      setBusy(false);
    }
  };
  if (files.length === 0 && !mayAttach) return null;
  return (
    <section aria-labelledby="files-heading">
      <h2 id="files-heading">{t('files')}</h2>
      <ul className="item-list">
        {files.map(({ id, name, address, state, bytes }) => (
          <li key={id}>
            {state === 'STORED' ? <HubFile path={address} name={name} label={name} /> : name} ·{' '}
            {Math.ceil(bytes / 1024)} KB
            {state !== 'STORED' && ` · ${enums(`ApplicationFileState.${state}`)}`}
          </li>
        ))}
      </ul>
      {mayAttach && (
        <p>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t('attach')}
            accept={MEDIA_TYPES.join(',')}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              target.value = '';
              if (file) void send(file);
            }}
          />
          <Button loading={busy} onClick={() => input.current?.click()}>
            {t('attach')}
          </Button>{' '}
          {t('attachHelp')}
        </p>
      )}
      {unfit !== undefined && <ProblemAlert problem={{ message: unfit }} />}
      {attach.problem && <ProblemAlert problem={attach.problem} />}
    </section>
  );
}
