/** A text in one line, without what is not seen. */
export const comment = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 300);

/** Plain where it can be nothing else than a text. */
export const scalar = (text: string): string =>
  /^[\p{Script=Han}A-Za-z_][\p{Script=Han}\p{L}\p{Nd}_.（）-]*$/u.test(text) && !WORDS_OF_YAML.test(text)
    ? text
    : quoted(text);
const WORDS_OF_YAML = /^(true|false|yes|no|on|off|null|y|n|nan|inf)$/i;

/** JSON's form of a text is one of YAML's. */
export const quoted = (text: string): string => JSON.stringify(comment(text));
