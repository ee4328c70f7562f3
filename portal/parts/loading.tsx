import Spin from 'antd/es/spin';
import { useTranslation } from 'react-i18next';

/** Stands where a page or its data is on the way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status" aria-label={t('loading')}>
      <Spin />
    </div>
  );
}
