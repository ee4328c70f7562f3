import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** @returns says a refusal's code in a few words; the code where there are none */
export function useRefusalWords(): (code: string | undefined) => string {
  const { t } = useTranslation('try');
  return (code) => (code !== undefined && i18next.exists(`try:codes.${code}`) ? t(`codes.${code}`) : (code ?? '—'));
}
