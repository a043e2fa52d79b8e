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
      title: shortened(key, params),
      detail: shortened(`${key}.detail`, params),
      fix: shortened(`${key}.fix`, params),
    }));
    const different = new Map(told.map((one) => [JSON.stringify(one), one]));
    return { code: key.replace(/^finding-/, ""), cases: [...different.values()] };
  });
  const title = ({ cases: [first] }: Explanation) => first?.title ?? "";
  return all.sort((a, b) => title(a).localeCompare(title(b), "en"));
}

/** Formats a message, with missing variables as `…`. Empty if there is no such message. */
const shortened = (key: string, params: Params): string =>
  has(key) ? t(key, params).replace(/\{\$\w+\}/g, "…") : "";
