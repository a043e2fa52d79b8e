import type { Answer, Backend } from "../src/backend";
import type { AboutInfo, Action, MenuCommand, View } from "../src/bindings";
import type { Recording } from "./recordings";

/** A backend that can switch to another recording and that has a menu. */
export type Recorded = Backend & { turn(to: Recording): void; choose(chosen: MenuCommand): void };

/** Data for the About dialog, with two packages. */
const ABOUT: AboutInfo = {
  version: "0.1.0",
  tauri: "2.12.5",
  webview: "2.50.4",
  folder: "/home/dana/.local/share/io.nops.sso-setup",
  packages: [
    { name: "svelte", version: "5.57.3", license: "MIT" },
    { name: "tauri", version: "2.12.5", license: "Apache-2.0 OR MIT" },
  ],
};

/** Support details with names of the usual lengths. */
const SUPPORT_DETAILS = `nOps SSO Setup 0.1.0, linux x86_64
Tauri 2.9.0, web view 2.48.0
Setup: real, new
AWS connection: connected
Steps: start done, connect attention, addresses done, application ready
Findings: permissions_missing, tester_unknown (aws-denied), link_host (kept)
Last AWS errors (permission, error, request ID): sso:ListApplications AccessDeniedException 6f9619ff-8b86-4d01-b42d-00cf4fc964ff
Inferences seen true: token_from_arn, metadata_is_public, issuer_is_sign_in_url
Inferences seen false: -
Inferences not seen: copy_xml, saves_logged, opening_logged
`;

/** An address that is as long as real console URLs. */
const LONG_ADDRESS =
  "https://us-east-1.console.aws.amazon.com/singlesignon/applications/home?region=us-east-1#/instances/ssoins-7223b0f6d1c4e5a8/ins-7223b0f6d1c4e5a8";

/**
 * A backend that shows one recording. It can open another step and close the setup. It accepts all
 * other requests without changing anything, or refuses them with `refusal`.
 */
export function recorded({ view, people }: Recording, refusal?: string): Recorded {
  let shown: View = view;
  let rows = people;
  let show: (view: View) => void = () => {};
  let hear: (chosen: MenuCommand) => void = () => {};

  const answer = async <T>(data: T): Promise<Answer<T>> =>
    refusal
      ? { status: "error", error: { code: refusal, params: { url: LONG_ADDRESS } } }
      : { status: "ok", data };

  return {
    watch: async (next) => {
      show = next;
      show(shown);
      return { status: "ok", data: null };
    },
    act: (action) => {
      shown = after(action, shown);
      show(shown);
      return answer(shown.revision);
    },
    people: async (offset, limit) => ({
      status: "ok",
      data: {
        revision: shown.setup?.people.revision ?? 0,
        total: rows.length,
        rows: rows.slice(offset, offset + limit),
      },
    }),
    copy: () => answer(null),
    emptyClipboard: () => answer(null),
    openPage: () => answer(null),
    pasteFiles: () => answer(true),
    chooseFile: () => answer(true),
    save: () => answer({ file: "report.html", folder: "Downloads", number: 1 }),
    openSaved: () => answer(null),
    showSaved: () => answer(null),
    miniWindow: () => answer(true),
    setWindowTheme: () => answer(null),
    shell: () => answer(null),
    openFolder: () => answer(null),
    about: async () => ABOUT,
    supportDetails: () => answer(SUPPORT_DETAILS),
    hover: () => {},
    menu: (next) => {
      hear = next;
    },
    choose: (chosen) => hear(chosen),
    turn: (to) => {
      // The window ignores a view unless its revision is newer.
      shown = { ...to.view, revision: shown.revision + 1 };
      rows = to.people;
      show(shown);
    },
  };
}

function after(action: Action, view: View): View {
  const revision = view.revision + 1;
  if (action.kind === "close") return { ...view, revision, setup: null };
  if (action.kind === "go" && view.setup) {
    return { ...view, revision, setup: { ...view.setup, current: action.step } };
  }
  return view;
}
