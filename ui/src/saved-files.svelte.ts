import type { Document, Failure, Saved } from "./bindings";
import type { Session } from "./session.svelte";
import { t } from "./words";

/** Saves documents to files that the user chooses, and opens the files. */
export class SavedFiles {
  /** The report that a command has saved in the current step. */
  report = $state.raw<Saved | null>(null);
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** Saves a file. `saved` is `null` if the user cancels the dialog. */
  async save(document: Document): Promise<{ saved: Saved | null; failure: Failure | null }> {
    const answer = await this.session.connection.ask(({ save }) => save(document));
    if (answer?.status === "error") return { saved: null, failure: answer.error };
    const saved = answer?.data ?? null;
    if (saved) this.session.say(t("saved-as", { file: saved.file, folder: saved.folder }));
    return { saved, failure: null };
  }

  async saveReport(): Promise<Failure | null> {
    const { saved, failure } = await this.save({ kind: "report_html", people: false });
    this.report = saved ?? this.report;
    return failure;
  }
}
