import type { Answer, Backend } from "../backend";
import type { Action, MenuCommand, Copyable, Failure, Saved, SetupView, View } from "../bindings";
import { STEPS, stepNumber } from "../steps";

/** A backend that records what it is asked and shows what a test wants shown. */
export class Fake implements Backend {
  readonly actions: Action[] = [];
  readonly copies: Copyable[] = [];
  /** The colours that the window's frame was given. */
  readonly worn: string[] = [];
  /** Chooses something in the native menu. */
  choose: (chosen: MenuCommand) => void = () => {};
  /** How often the clipboard was emptied. */
  emptied = 0;
  /** How often a file was asked for. */
  chosen = 0;
  /** Where the next file goes; none when the person cancels. */
  saved: Saved | null = { file: "file.html", number: 7 };
  /** Saved files that were opened, and those whose folder was. */
  readonly opened: number[] = [];
  readonly folders: number[] = [];
  /** How often copied files were read. */
  pasted = 0;
  /** The next requests are refused with this. */
  refusal: Failure | null = null;
  /** Requests reject, as when the core is gone. */
  gone = false;
  /** The desktop keeps a window on top. */
  onTop = true;
  private view: View;
  private listener: (view: View) => void = () => {};

  constructor(setup: SetupView | null = null) {
    this.view = { revision: 1, shelf: [], damaged: [], keychain: "available", setup };
  }

  /** Sends the next view, changed as a test says. */
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
  save: Backend["save"] = () => this.answer(this.saved);
  openSaved: Backend["openSaved"] = (number) => {
    this.opened.push(number);
    return this.answer(null);
  };
  showSaved: Backend["showSaved"] = (number) => {
    this.folders.push(number);
    return this.answer(null);
  };
  companion: Backend["companion"] = () => this.answer(this.onTop);
  /** How often the page was made larger. */
  larger = 0;
  zoomIn: Backend["zoomIn"] = () => {
    this.larger += 1;
    return this.answer(null);
  };
  openFolder: Backend["openFolder"] = () => this.answer(null);
  about: Backend["about"] = () =>
    Promise.resolve({
      version: "0",
      tauri: "0",
      webview: "0",
      folder: "/",
      packages: [{ name: "some-package", version: "1", licence: "MIT" }],
    });
  hover: Backend["hover"] = () => {};

  colours: Backend["colours"] = (theme) => {
    this.worn.push(theme);
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

/** A setup in which nothing is known, at step 3. */
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
      skipped: false,
      open: [],
      wires: [],
    })),
    facts: {},
    findings: [],
    checks: [],
    candidates: [],
    offers: [],
    placed: null,
    downloads: "off",
    certificates: [],
    mappings: [],
    mappings_checked: [],
    practice_moved: null,
    connection: {
      way: "none",
      state: "off",
      label: "",
      profiles: [],
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
      journal: [],
      can_undo: false,
      undoable: { groups: 0, users: 0, members: 0, assigned: 0, unassigned: 0 },
      created: false,
      uncertain: 0,
      yourself: null,
      team: null,
    },
    gate: { open: false, met: 0, conditions: [] },
    job: null,
    pages: [],
  };
}
