import axe from "axe-core";

/** The rules of WCAG 2.2 up to AA, and best practices. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Returns axe's violations on the page, one per line. Runs all rules, or only the given rules. */
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
