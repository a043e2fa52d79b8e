import { cases, has, keys, t, type Params } from "./words";

/** What a finding can say. Values that differ from setup to setup are shown as `…`. */
export interface Explanation {
  code: string;
  cases: { title: string; detail: string; fix: string }[];
}

/** Explains every finding, sorted by the titles. */
export function explanations(): Explanation[] {
  const known = keys().filter((key) => /^(finding-|(reading|response)-[a-z_]+$)/.test(key));
  const all = known.map((key) => {
    const told = cases(key).map((params) => ({
      title: title(key, params),
      detail: shortened(`${key}.detail`, params),
      fix: shortened(`${key}.fix`, params),
    }));
    // Cases that differ only in their button say the same.
    const different = new Map(told.map((one) => [JSON.stringify([one.title, one.detail]), one]));
    return { code: key.replace(/^finding-/, ""), cases: [...different.values()] };
  });
  const first = ({ cases: [one] }: Explanation) => one?.title ?? "";
  return all.sort((a, b) => first(a).localeCompare(first(b), "en"));
}

/** Shortens a title. A variable at its start becomes a word, so that the list can be sorted. */
function title(key: string, params: Params): string {
  const [, variable] = /^\{\$(\w+)\}/.exec(t(key, params)) ?? [];
  const text = shortened(key, params);
  return variable ? t("explain-start", { variable }) + text.slice(1) : text;
}

/** Formats a message, with missing variables as `…`. Empty if there is no such message. */
const shortened = (key: string, params: Params): string =>
  has(key) ? t(key, params).replace(/\{\$\w+\}/g, "…") : "";
