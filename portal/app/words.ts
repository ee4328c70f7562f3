import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';
const CHOICE = 'sharehub:language';

/** The language of the page: the person's choice in this browser, else what the browser asked the hub for. */
export const language: Language =
  (localStorage.getItem(CHOICE) as Language | null) ?? (document.documentElement.lang === 'en' ? 'en' : 'zh');

/** Shows the portal in another language from now on. */
export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(CHOICE, chosen);
  location.reload();
}

/** Loads the words of one language. Each feature has its own file of them in `locales/`. */
export async function loadWords(): Promise<void> {
  const { default: words } =
    language === 'zh' ? await import('../locales/zh/index.js') : await import('../locales/en/index.js');
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: words },
    defaultNS: 'app',
    interpolation: { escapeValue: false },
  });
}
