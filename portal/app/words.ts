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

/** Words of one part of the portal in one language, and names of the enumerations' values that it shows. */
interface Words {
  readonly default: object;
  readonly enums?: object;
}

const index = language === 'zh' ? await import('../locales/zh/index.js') : await import('../locales/en/index.js');
/** A folder of pages, with words of its own in `locales/`. */
export type Feature = keyof typeof index.features;

/** Sets up the words, and has those that every page needs. */
export async function loadWords(): Promise<void> {
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { app: index.app, enums: index.enums } },
    defaultNS: 'app',
    interpolation: { escapeValue: false },
  });
}

/** Loads the words of a feature, beside its page. */
export async function loadFeatureWords(feature: Feature): Promise<void> {
  const { default: words, enums }: Words = await index.features[feature]();
  i18next.addResourceBundle(language, feature, words);
  if (enums) i18next.addResourceBundle(language, 'enums', enums, true, true);
}
