import { useTranslation } from 'react-i18next';
import { useDepartmentNames } from './department-name.js';

/** Who has to act next: departments by name, roles in words. */
export function WaitsFor({ waitsFor }: { waitsFor: readonly string[] }) {
  const { t } = useTranslation();
  const names = useDepartmentNames();
  if (waitsFor.length === 0) return <>{t('waitsForNobody')}</>;
  const words = waitsFor.map((each) =>
    each === '*higher-authority'
      ? t('higherAuthority')
      : each.startsWith('*')
        ? t(`roles.${each.slice(1)}`, { defaultValue: each.slice(1) })
        : (names.get(each) ?? each),
  );
  return <>{t('waitsFor', { parties: words.join('、') })}</>;
}
