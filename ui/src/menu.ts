import type { MenuCommand } from "./bindings";
import { click } from "./keyboard";
import type { Session } from "./session.svelte";
import { theme } from "./theme.svelte";
import { t } from "./words";

/** Dialogs that belong to the window, not to a step. */
export type WindowDialog = "keys" | "about";

/** Runs a command from the native menu in the same way as the page's own button. */
export function choose(
  chosen: MenuCommand,
  session: Session,
  show: (dialog: WindowDialog) => void,
): void {
  if (chosen.kind === "theme") return theme.choose(chosen.theme);
  if (!session.view || session.lost || document.querySelector("dialog[open]")) return;
  switch (chosen.kind) {
    case "keys":
    case "about":
      return show(chosen.kind);
    case "continue":
    case "back":
      return void click(chosen.kind);
    case "save":
      return void session.saveReport();
    case "companion":
      return refused(session, session.companion(!session.strip));
    case "shelf":
      return refused(session, session.act({ kind: "close" }));
    case "go":
      return refused(session, session.act({ kind: "go", step: chosen.step }));
  }
}

function refused(session: Session, request: ReturnType<Session["act"]>): void {
  void request.then((failure) => {
    if (failure) session.say(t(`failure-${failure.code}`, failure.params));
  });
}
