/** Text of a scenario is not trusted: nothing of it becomes markup, wherever it stands. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that no HTML document may hold (HTML §13.1.1: controls that are no white space). */
const CONTROLS = /(?![\t\n\f\r])\p{Cc}/gu;

/** Text as the content of an element or of a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(CONTROLS, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const codeUnit = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A value as JSON inside a `<script>` element: neither `</script>` nor `<!--` can stand in it (HTML
 * §4.12.1.3), and it stays the same JSON.
 */
export const escapeJson = (value: unknown): string =>
  (JSON.stringify(value) ?? 'null').replaceAll(/[<>&\u2028\u2029]/g, codeUnit);

/**
 * A word of a POSIX shell command: as it is where no character is special, else in single quotes.
 * Controls are left out, so the command stays on one line.
 */
export const shellWord = (text: string): string => {
  const word = text.replaceAll(CONTROLS, '').replaceAll(/[\r\n\t]/g, ' ');
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
};
