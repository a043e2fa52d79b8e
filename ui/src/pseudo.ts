/**
 * A pseudo-locale based on English. Its text has accents and Chinese characters, is 40% longer, and
 * is in brackets. Text without accents isn't marked for translation. If a bracket is missing on the
 * page, the text is cut off. A layout that fits this text also fits German.
 */

const LETTERS: Record<string, string> = Object.fromEntries(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"].map((letter, at) => [
    letter,
    [..."ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"][at] ?? letter,
  ]),
);
const FILLER = [..."国際化対応文字列表示確認用長文言語"];
/**
 * Text that is never translated: labels from AWS and nOps pages, keys, code, and the markup tags.
 */
const KEPT = /(<label>.*?<\/label>|<kbd>.*?<\/kbd>|<code>.*?<\/code>|<\/?(?:b|kbd|code|label)>)/s;

/** Adds accents to a run of message text. Never called for variables. */
export function accented(text: string): string {
  return text
    .split(KEPT)
    .map((part, at) =>
      at % 2 ? part : part.replace(/[A-Za-z]/g, (letter) => LETTERS[letter] ?? letter),
    )
    .join("");
}

/** Lengthens a message that contains words, and adds brackets. */
export function lengthened(text: string): string {
  const letters = [...text].filter((letter) => SPOKEN.has(letter)).length;
  if (letters === 0) return text;
  // Each Chinese character is as wide as two Latin letters.
  const more = Math.ceil((letters * 0.4) / 2);
  return `[${text} ${Array.from({ length: more }, (_, at) => FILLER[at % FILLER.length]).join("")}]`;
}

/** The length of the longest compound words in German and similar languages. */
const LONGEST = 30;

/**
 * Joins the words of a message into compounds like those in German. Text with markup doesn't
 * change.
 */
export function compounded(text: string): string {
  const words: string[] = [];
  for (const word of text.split(" ")) {
    const last = words.at(-1);
    const joins = last && !/[<>]/.test(last + word) && last.length + word.length <= LONGEST;
    if (joins) words[words.length - 1] = last + word;
    else words.push(word);
  }
  return words.join(" ");
}

const SPOKEN = new Set(Object.values(LETTERS));
