import axe from "axe-core";

/** WCAG 2.2 up to AA, and good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong on the page, one line each; with all rules, or only those named. */
export async function audit(rules: string[] | null): Promise<string[]> {
  const only = rules
    ? { type: "rule" as const, values: rules }
    : { type: "tag" as const, values: TAGS };
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${help}) at ${target.join(" ")}: ${failureSummary ?? ""}`.replace(/\s+/g, " "),
    ),
  );
}
