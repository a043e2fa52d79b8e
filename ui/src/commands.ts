/** The commands of the window, which the native menu, the keyboard, and buttons run. */
import { tick } from "svelte";

import type {
  Action,
  CopyableValue,
  Failure,
  Field,
  MenuCommand,
  Page,
  ShellCommand,
  Step,
} from "./bindings";
import { focusField, focusSide, sides } from "./focus";
import type { Session } from "./session.svelte";
import { theme } from "./theme.svelte";
import { transferNumbered } from "./transfers";
import { t } from "./words";

/** A command and its arguments. The native menu also sends its commands in this form. */
export type Command =
  | MenuCommand
  /** Sends an action, then moves the focus to a field. */
  | { kind: "act"; action: Action; focus: Field | null }
  | { kind: "copy_transfer"; number: number }
  /** Copies a value. `button` is the name of the button that shows "Copied" afterward. */
  | { kind: "copy_value"; what: CopyableValue; button: string }
  /** Focuses a field. If the field isn't on the page, goes to the field's step first. */
  | { kind: "focus_field"; field: Field; step: Step | undefined }
  | { kind: "open_page"; page: Page }
  /** A paste outside a text box. */
  | { kind: "paste"; text: string; html: string; files: boolean }
  | { kind: "shell"; command: ShellCommand }
  | { kind: "switch_side"; backwards: boolean };

interface Handler<C> {
  enabled(session: Session, command: C): boolean;
  /** Resolves to the reason why the command was refused. */
  run(session: Session, command: C): Promise<Failure | null> | void;
}

/**
 * Returns whether the window accepts commands, which requires that the core responds and no dialog
 * is open.
 */
export const ready = ({ view, lost }: Session): boolean =>
  view !== null && !lost && !document.querySelector("dialog[open]");
const inSetup = (session: Session): boolean =>
  ready(session) && Boolean(session.view?.setup) && !session.isComparing;
const hasNeighbor = (session: Session, distance: -1 | 1): boolean =>
  inSetup(session) && session.neighbor(distance) !== undefined;
/** The condition for commands that run only from a button on the page, which are always enabled. */
const always = () => true;

const HANDLERS: { [K in Command["kind"]]: Handler<Extract<Command, { kind: K }>> } = {
  about: { enabled: ready, run: (session) => void (session.dialog = "about") },
  act: {
    enabled: always,
    run: async (session, { action, focus }) => {
      const failure = await session.act(action);
      if (!failure && focus) focusField(focus);
      return failure;
    },
  },
  back: { enabled: (session) => hasNeighbor(session, -1), run: (session) => session.move(-1) },
  choose_file: {
    enabled: always,
    run: (session) => session.request(({ chooseFile }) => chooseFile()),
  },
  mini_window: {
    enabled: inSetup,
    run: (session) => session.showMiniWindow(!session.miniWindow),
  },
  continue: { enabled: (session) => hasNeighbor(session, 1), run: (session) => session.move(1) },
  copy_transfer: {
    enabled: (session, { number }) =>
      inSetup(session) && transferNumbered(session.step, number) !== undefined,
    run: async (session, { number }) => {
      const transfer = transferNumbered(session.step, number);
      return transfer ? session.clipboard.copyTransfer(transfer) : null;
    },
  },
  copy_value: {
    enabled: always,
    run: (session, { what, button }) => session.clipboard.copy(what, button),
  },
  focus_field: {
    enabled: always,
    run: async (session, { field, step }) => {
      if (focusField(field, "select") || !step) return null;
      const failure = await session.act({ kind: "go", step });
      await tick();
      if (!failure) focusField(field, "select");
      return failure;
    },
  },
  go: { enabled: inSetup, run: (session, { step }) => session.act({ kind: "go", step }) },
  hand_over: { enabled: inSetup, run: (session) => void (session.dialog = "handover") },
  help: {
    enabled: ready,
    run: (session, { topic }) => {
      session.helpTopic = topic;
      session.dialog = "help";
    },
  },
  keys: { enabled: ready, run: (session) => void (session.dialog = "keys") },
  open_page: {
    enabled: always,
    run: (session, { page }) => session.request(({ openPage }) => openPage(page)),
  },
  paste: {
    enabled: (session) => ready(session) && !session.isComparing,
    run: (session, { text, html, files }) => session.paste(text, html, files),
  },
  save: { enabled: inSetup, run: (session) => session.files.saveReport() },
  /** Its commands work while a dialog is open, as in the menu. */
  shell: {
    enabled: always,
    run: (session, { command }) => session.request(({ shell }) => shell(command)),
  },
  setups: { enabled: inSetup, run: (session) => session.act({ kind: "close" }) },
  support: { enabled: ready, run: (session) => void (session.dialog = "support") },
  switch_side: {
    enabled: (session) => ready(session) && sides().length > 0,
    run: (_, { backwards }) => focusSide(backwards),
  },
  theme: { enabled: always, run: (_, command) => theme.choose(command.theme) },
};

const handler = (command: Command) => HANDLERS[command.kind] as Handler<Command>;

export const isEnabled = (session: Session, command: Command): boolean =>
  handler(command).enabled(session, command);

/** Runs a command if it's enabled. If the core refuses it, the caller shows the reason. */
export async function run(session: Session, command: Command): Promise<Failure | null> {
  if (!isEnabled(session, command)) return null;
  return (await handler(command).run(session, command)) ?? null;
}

/**
 * Runs a command if it's enabled. If the core refuses it, the page shows the reason in the place
 * that `failurePlace` returns.
 */
export async function runAndReport(session: Session, command: Command): Promise<void> {
  if (!isEnabled(session, command)) return;
  const failure = await run(session, command);
  const place = failurePlace(command);
  session.failures.delete(place);
  if (!failure) return;
  session.failures.set(place, failure);
  await tick();
  const shown = document.querySelector(`[data-failure="${failure.code}"]`);
  if (!shown) session.say(t(`failure-${failure.code}`, failure.params));
}

/** The place that shows why a command was refused, used as the key in `session.failures`. */
export function failurePlace(command: Command): string {
  switch (command.kind) {
    case "back":
    case "continue":
    case "go":
    case "setups":
      return "navigation";
    case "copy_transfer":
      return `transfer ${command.number}`;
    default:
      return command.kind;
  }
}
