/** Languages in which the hub speaks to its callers. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Header in which the hub tells a subgraph the language of the caller: one of `LANGUAGES`. */
export const LANGUAGE_HEADER = 'accept-language';
/** The language that the hub names; English where it names none. */
export const languageOf = (header: string | readonly string[] | undefined): Language => (header === 'zh' ? 'zh' : 'en');

/** A sentence that is worded when it is known who reads it. */
export interface Sentence {
  in(language: Language): string;
}
/** Text in one language, or a sentence. Logs and records have the English one. */
export type Text = string | Sentence;

export const textIn = (text: Text, language: Language): string => (typeof text === 'string' ? text : text.in(language));

const BETWEEN = {
  ',': { en: ', ', zh: '、' },
  ';': { en: '; ', zh: '；' },
  and: { en: ' and ', zh: '和' },
  or: { en: ' or ', zh: '或者' },
  ' ': { en: ' ', zh: '' },
} as const;
/** Several texts in one.
 *  @param by  stands between them, in the language of the reader */
export const joinTexts = (texts: readonly Text[], by: keyof typeof BETWEEN): Sentence => ({
  in: (language) => texts.map((text) => textIn(text, language)).join(BETWEEN[by][language]),
});

/** Texts without repetition. */
export const distinctTexts = (texts: readonly Text[]): Text[] => [
  ...new Map(texts.map((text) => [textIn(text, 'en'), text])).values(),
];

/** Names of the placeholders `{name}` in a template. */
type Placeholders<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
/** Values of a template's placeholders; a value may be a sentence itself. */
type Values<Template extends string> = Readonly<Record<Placeholders<Template>, Text | number>>;
type Messages = Readonly<Record<string, string>>;

/** What `openCatalogue` returns: words the message of a key. */
export type Say<M extends Messages> = <K extends keyof M & string>(
  key: K,
  ...values: [Placeholders<M[K]>] extends [never] ? [] : [Values<M[K]>]
) => Sentence;

/** Opens a catalogue of messages, one template a key and language.
 *  @example
 *  const say = openCatalogue({ en: { gone: '{name} is gone.' }, zh: { gone: '{name}已不存在。' } });
 *  say('gone', { name: 'A-1' }).in('zh'); // A-1已不存在。 */
export function openCatalogue<const M extends Messages>(languages: {
  readonly en: M;
  readonly zh: Readonly<Record<keyof M, string>>;
}): Say<M> {
  return (key, ...[values]) => ({
    in: (language) =>
      languages[language][key].replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = (values as Readonly<Record<string, Text | number>>)[name]!;
        return typeof value === 'number' ? String(value) : textIn(value, language);
      }),
  });
}

/** The sentence of a text that was stored in English, where the catalogue has it word for word.
 *  @returns  the text itself where it does not */
export function recallSentence(languages: Readonly<Record<Language, Messages>>, text: string): Text {
  const key = Object.keys(languages.en).find((each) => languages.en[each] === text);
  return key === undefined ? text : { in: (language) => languages[language][key]! };
}
