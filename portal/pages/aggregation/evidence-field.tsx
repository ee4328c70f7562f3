import { useTranslation } from 'react-i18next';

/** A document by its name and digest: it is named to the hub, and stays here. */
export interface Evidence {
  readonly name: string;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** Chooses a document and computes its digest, as a field of a form. */
export function EvidenceField({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: Evidence;
  onChange?: (value: Evidence | undefined) => void;
}) {
  const { t } = useTranslation('aggregation');
  const choose = async (file: File | undefined) => {
    if (!file) return onChange?.(undefined);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    onChange?.({ name: file.name, hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') });
  };
  return (
    <>
      <input id={id} type="file" onChange={({ target }) => void choose(target.files?.[0])} />
      {value && (
        <p>
          {t('digest')}: <code className="long">{value.hash}</code>
        </p>
      )}
    </>
  );
}
