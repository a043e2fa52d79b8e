import type { Answer, Backend } from "../backend";
import type {
  Action,
  CopyableValue,
  Document,
  Failure,
  Finding,
  MenuCommand,
  Saved,
  SetupCard,
  SetupView,
  ShellCommand,
  View,
} from "../bindings";
import { STEPS, stepNumber } from "../steps";

/** A backend that records requests and shows the views that a test specifies. */
export class Fake implements Backend {
  readonly actions: Action[] = [];
  readonly copies: CopyableValue[] = [];
  /** The themes that the window frame was switched to. */
  readonly themes: string[] = [];
  /** Chooses a command in the native menu. */
  choose: (chosen: MenuCommand) => void = () => {};
  /** The number of times that the clipboard was emptied. */
  emptied = 0;
  /** The number of times that the file dialog was opened. */
  chosen = 0;
  /** The result of the next save, or `null` if the user cancels. */
  saved: Saved | null = { file: "file.html", folder: "Downloads", number: 7 };
  /** The saved files that were opened, and the saved files whose folder was opened. */
  readonly opened: number[] = [];
  readonly openedFolders: number[] = [];
  /** The number of times that files were read from the clipboard. */
  pasted = 0;
  /** The reason for refusing the next requests, if they're refused. */
  refusal: Failure | null = null;
  /** Whether requests are rejected, as if the core had stopped responding. */
  gone = false;
  /** Whether the desktop can keep the window on top. */
  onTop = true;
  private view: View;
  private listener: (view: View) => void = () => {};

  constructor(setup: SetupView | null = null, setups: SetupCard[] = []) {
    this.view = { revision: 1, setups, damaged: [], keychain: "available", refused: null, setup };
  }

  /** Sends the next view, with the test's changes. */
  show(change: (setup: SetupView) => Partial<SetupView>): void {
    const { setup } = this.view;
    if (!setup) throw new Error("no setup is open");
    this.view = {
      ...this.view,
      revision: this.view.revision + 1,
      setup: { ...setup, ...change(setup) },
    };
    this.listener(this.view);
  }

  watch: Backend["watch"] = (show) => {
    this.listener = show;
    show(this.view);
    return this.answer(null);
  };

  act: Backend["act"] = (action) => {
    this.actions.push(action);
    return this.answer(this.view.revision);
  };

  copy: Backend["copy"] = (what) => {
    this.copies.push(what);
    return this.answer(null);
  };

  emptyClipboard: Backend["emptyClipboard"] = () => {
    this.emptied += 1;
    return this.answer(null);
  };

  people: Backend["people"] = () => this.answer({ revision: 0, total: 0, rows: [] });
  openPage: Backend["openPage"] = () => this.answer(null);
  pasteFiles: Backend["pasteFiles"] = () => {
    this.pasted += 1;
    return this.answer(true);
  };
  chooseFile: Backend["chooseFile"] = () => {
    this.chosen += 1;
    return this.answer(true);
  };
  /** The documents that were saved. */
  readonly saves: Document[] = [];
  save: Backend["save"] = (document) => {
    this.saves.push(document);
    return this.answer(this.saved);
  };
  openSaved: Backend["openSaved"] = (number) => {
    this.opened.push(number);
    return this.answer(null);
  };
  showSaved: Backend["showSaved"] = (number) => {
    this.openedFolders.push(number);
    return this.answer(null);
  };
  miniWindow: Backend["miniWindow"] = () => this.answer(this.onTop);
  /** The commands that the shell ran. */
  readonly shellCommands: ShellCommand[] = [];
  shell: Backend["shell"] = (command) => {
    this.shellCommands.push(command);
    return this.answer(null);
  };
  openFolder: Backend["openFolder"] = () => this.answer(null);
  about: Backend["about"] = () =>
    Promise.resolve({
      version: "0",
      tauri: "0",
      webview: "0",
      folder: "/",
      packages: [{ name: "some-package", version: "1", license: "MIT" }],
    });
  supportDetails: Backend["supportDetails"] = () => this.answer("nOps SSO Setup 0\n");
  hover: Backend["hover"] = () => {};

  setWindowTheme: Backend["setWindowTheme"] = (theme) => {
    this.themes.push(theme);
    return this.answer(null);
  };

  menu: Backend["menu"] = (chosen) => {
    this.choose = chosen;
  };

  private answer<T>(data: T): Promise<Answer<T>> {
    if (this.gone) return Promise.reject(new Error("gone"));
    return Promise.resolve(
      this.refusal ? { status: "error", error: this.refusal } : { status: "ok", data },
    );
  }
}

/** Creates a finding about the Entity ID in step 3. `more` replaces some of its parts. */
export const sampleFinding = (more: Partial<Finding> = {}): Finding => ({
  id: "a",
  mistake: "",
  code: "addresses_swapped",
  severity: "error",
  step: "addresses",
  side: "nops",
  field: "sp_entity_id",
  given: null,
  expected: null,
  received: null,
  item: null,
  cause: null,
  params: {},
  fix: null,
  basis: "seen",
  kept: false,
  can_keep: false,
  recheck: null,
  ...more,
});

/** Creates a setup that is at step 3 and has no known values. */
export function emptySetup(): SetupView {
  return {
    id: "one",
    name: "Example Corp",
    world: "real",
    repair: false,
    aws_role: true,
    nops_role: true,
    saved: "2026-11-12T14:32:00Z",
    unsaved: null,
    current: "addresses",
    steps: STEPS.map((step) => ({
      step,
      number: stepNumber(step),
      status: { kind: "ready" },
      problems: 0,
      worst: null,
      declared: false,
      handed_over: false,
      own: true,
      skipped: false,
      open: [],
      colleague: [],
      transfers: [],
    })),
    facts: {},
    findings: [],
    differences: 0,
    worst_difference: null,
    report_outdated: false,
    not_compared: [],
    next_proof: null,
    checks: [],
    candidates: [],
    offers: [],
    filled: null,
    nops_check: {
      host: null,
      is_usual: false,
      is_allowed: false,
      state: "idle",
      at: null,
      metadata_unseen: null,
      endpoint_unseen: null,
    },
    event_history: { state: "off", at: null, unseen: null, opened: null },
    recheck: { is_running: false, result: null, report: null, failure: null },
    rotation: {
      is_shown: false,
      state: {
        stage: "not_started",
        reason: null,
        old: null,
        new: null,
        tasks: [],
        next: null,
        sign_in: "unknown",
        is_new_active: false,
        saving_restores: false,
        needs_other_test: false,
        next_side: null,
        repairs: [],
        way_back: { steps: [], problem: null, is_at_start: false, can_keep_new: false },
      },
      suggested_time: null,
      planned_time: null,
    },
    downloads: "off",
    certificates: [],
    mappings: [],
    subject_recommended: "${user:email}",
    mappings_checked: [],
    practice_moved: null,
    connection: {
      way: "none",
      state: "off",
      label: "",
      profiles: [],
      selected_profile: null,
      configuration_notes: [],
      environment: [],
      remembered: false,
      not_kept: null,
      redirected: null,
      unconfirmed: null,
      sign_in: {
        start_url: "",
        region: "",
        waiting: false,
        code: null,
        accounts: [],
        account: null,
        roles: [],
      },
    },
    watch: { state: "off", asked: null, since: null, seen: 0, times: 0 },
    sp_metadata_ready: false,
    dry_run: null,
    tester: null,
    sign_in_tests: [],
    people: {
      stage: "empty",
      group: { kind: "new", name: "" },
      groups: [],
      can_create: false,
      revision: 0,
      total: 0,
      plan: null,
      fine: 0,
      need_password: 0,
      other_domain: 0,
      refused: 0,
      unread: [],
      question: null,
      list: null,
      journal: [],
      can_undo: false,
      undoable: { groups: 0, users: 0, members: 0, removed: 0, assigned: 0, unassigned: 0 },
      created: false,
      uncertain: 0,
      current_user: null,
      team: null,
      comparison: null,
      restorable: 0,
    },
    handover: { lane: null, received: null, sent: null },
    enforcement: { open: false, met: 0, is_proved: false, conditions: [] },
    job: null,
    pages: [],
  };
}
