/**
 * A language that nobody speaks, made from English: accented, longer by two fifths, with Chinese
 * characters, between brackets. What is plain in it was never marked for translation, a missing bracket
 * was cut off, and a layout that holds it holds German.
 */

const LETTERS: Record<string, string> = Object.fromEntries(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"].map((letter, at) => [
    letter,
    [..."ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"][at] ?? letter,
  ]),
);
const FILLER = [..."国際化対応文字列表示確認用長文言語"];
/** What no language changes: labels of AWS's and nOps's pages, keys, codes, and the marks themselves. */
const KEPT = /(<label>.*?<\/label>|<kbd>.*?<\/kbd>|<code>.*?<\/code>|<\/?(?:b|kbd|code|label)>)/s;

/** A run of the catalogue's text; variables are never among it. */
export function accented(text: string): string {
  return text
    .split(KEPT)
    .map((part, at) =>
      at % 2 ? part : part.replace(/[A-Za-z]/g, (letter) => LETTERS[letter] ?? letter),
    )
    .join("");
}

/** A whole message, lengthened and closed in by brackets, where any of it is words. */
export function lengthened(text: string): string {
  const letters = [...text].filter((letter) => SPOKEN.has(letter)).length;
  if (letters === 0) return text;
  // Each is as wide as two letters.
  const more = Math.ceil((letters * 0.4) / 2);
  return `[${text} ${Array.from({ length: more }, (_, at) => FILLER[at % FILLER.length]).join("")}]`;
}

/** As long as the longest words of languages that join theirs. */
const LONGEST = 30;

/** A message whose words are joined as German joins them. What is marked up stays as it is. */
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
