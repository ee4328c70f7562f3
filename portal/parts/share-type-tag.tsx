import Badge from 'antd/es/badge';
import { useTranslation } from 'react-i18next';

const STATUS = { UNCONDITIONAL: 'success', CONDITIONAL: 'warning', NOT_SHARED: 'error' } as const;

/** How an item is shared, in words beside a colour. */
export function ShareTypeTag({ shareType }: { shareType: keyof typeof STATUS | null }) {
  const { t } = useTranslation('enums');
  return shareType ? <Badge status={STATUS[shareType]} text={t(`ItemShareType.${shareType}`)} /> : <>—</>;
}
