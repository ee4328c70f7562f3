import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Title of a page, what it is for in one sentence, and what can be done on all of it. */
export function PageHead({ title, intro, actions }: { title: string; intro?: string; actions?: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('title')}`;
  }, [title, t]);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {intro && <p>{intro}</p>}
      {actions && <div className="no-print">{actions}</div>}
    </div>
  );
}
