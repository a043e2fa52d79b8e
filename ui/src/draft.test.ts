import { beforeEach, expect, it, vi } from "vitest";

import type { Failure } from "./bindings";
import { complete, Draft } from "./draft.svelte";

const REFUSED: Failure = { code: "busy", params: {} };

/** Creates a draft that has stored text, and attaches it to a box. */
function boxed(send?: (text: string) => Promise<Failure | null>) {
  const stored = { text: "stored", version: "1" };
  const draft = new Draft({
    stored: () => stored.text,
    version: () => stored.version,
    ...(send ? { send } : {}),
  });
  const box = document.body.appendChild(document.createElement("input"));
  draft.here(box);
  return { draft, stored, box };
}

const show = (draft: Draft, stored: { text: string; version: string }, text: string) => {
  Object.assign(stored, { text, version: `${stored.version}+` });
  draft.see();
};

beforeEach(() => document.body.replaceChildren());

it("shows the stored text until the user types", () => {
  const { draft, stored } = boxed();
  show(draft, stored, "newer");
  expect(draft.text).toBe("newer");
});

it("keeps unsent text when a view arrives, focused or not", () => {
  const { draft, stored, box } = boxed();
  box.focus();
  draft.text = "typed";
  show(draft, stored, "newer");
  expect(draft.text, "focused").toBe("typed");
  box.blur();
  show(draft, stored, "newest");
  expect(draft.text, "left").toBe("typed");
  expect(draft.answered).toBe(false);
});

it("shows the stored text after sending, storing, and blur", async () => {
  const { draft, stored, box } = boxed(async () => null);
  box.focus();
  draft.text = "  typed";
  await draft.send();
  show(draft, stored, "typed");
  expect(draft.text, "still in the box").toBe("  typed");
  box.blur();
  expect(draft.text).toBe("typed");
});

it("keeps refused text and its reason until it changes", async () => {
  const { draft, stored } = boxed(async () => REFUSED);
  draft.text = "typed";
  await draft.send();
  show(draft, stored, "newer");
  expect([draft.text, draft.failure, draft.answered]).toEqual(["typed", REFUSED, false]);
  draft.text = "typed again";
  expect(draft.failure).toBeNull();
});

it("ignores the result for text that has changed", async () => {
  const answers: ((failure: Failure | null) => void)[] = [];
  const { draft } = boxed(() => new Promise((answer) => answers.push(answer)));
  draft.text = "older";
  const asked = draft.send();
  draft.text = "newer";
  answers[0]!(REFUSED);
  await asked;
  expect([draft.text, draft.failure, draft.answered]).toEqual(["newer", null, false]);
});

it("sends the same text again when it's typed again", async () => {
  const send = vi.fn(async () => null);
  const { draft } = boxed(send);
  draft.text = "wrong";
  await draft.send();
  await draft.send();
  expect(send).toHaveBeenCalledTimes(1);
  draft.clear();
  draft.text = "wrong";
  await draft.send();
  expect(send).toHaveBeenCalledTimes(2);
});

it("sends the typed text when its box is removed", async () => {
  const send = vi.fn(async () => null);
  const draft = new Draft({ send });
  const gone = draft.here(document.createElement("input"));
  draft.text = "half";
  gone?.();
  expect(send).toHaveBeenCalledWith("half", null);
});

it("clears a box with the `once` option", async () => {
  const draft = new Draft({ send: async () => null, once: true });
  draft.text = "typed";
  await draft.send();
  expect(draft.text).toBe("");
});

it("marks empty required boxes and focuses the first", () => {
  const [filled, first, second] = [boxed(), boxed(), boxed()];
  first.draft.text = " ";
  second.draft.text = "";
  expect(complete(filled.draft, first.draft, second.draft)).toBe(false);
  expect([filled, first, second].map(({ draft }) => draft.missing)).toEqual([false, true, true]);
  expect(document.activeElement).toBe(first.box);
  first.draft.text = second.draft.text = "there";
  expect(complete(filled.draft, first.draft, second.draft)).toBe(true);
});

it("keeps the place of an earlier reason until the next result", async () => {
  let failure: Failure | null = REFUSED;
  const { draft } = boxed(async () => failure);
  draft.text = "wrong";
  await draft.send();
  draft.text = "right";
  expect([draft.failure, draft.earlier]).toEqual([null, REFUSED]);
  failure = null;
  await draft.send();
  expect([draft.failure, draft.earlier]).toEqual([null, null]);
});

it("shows the stored text instead of accepted text that means the same", async () => {
  const known = { version: "1", accepted: false };
  const draft = new Draft({
    stored: () => "stored",
    version: () => known.version,
    send: async () => null,
    accepted: () => known.accepted,
  });
  draft.text = "a whole page that contains the stored text";
  await draft.send();
  expect(draft.text, "has a finding").not.toBe("stored");
  known.accepted = true;
  draft.see();
  expect(draft.text).toBe("stored");
});

/** Pastes text into the focused box the way a browser does. */
function pasteInto(box: HTMLInputElement, text: string) {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
  box.setRangeText(text, box.selectionStart ?? 0, box.selectionEnd ?? 0, "end");
  box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
}

it.each([
  ["shows the stored text once a paste is placed, in this box or others", true, "stored"],
  ["keeps a paste that isn't placed", false, "pasted"],
])("%s", async (_, isPlaced, shown) => {
  const { draft, box } = boxed(async () => null);
  Object.assign(draft["source"], { placed: () => isPlaced });
  box.value = "";
  box.focus();
  pasteInto(box, "pasted");
  await draft.send();
  expect(draft.text).toBe(shown);
});

it("doesn't replace typed text, even if its value is placed", async () => {
  const { draft, box } = boxed(async () => null);
  Object.assign(draft["source"], { placed: () => true });
  box.focus();
  draft.text = "typed";
  await draft.send();
  expect(draft.text).toBe("typed");
});

it.each([
  ["replaces the whole text with a page", "a page\nof lines", true],
  ["inserts a part of the text", "part", false],
])("%s", (_, text, isAll) => {
  const { draft, box } = boxed(async () => null);
  Object.assign(draft["source"], { replaces: true });
  box.value = "stored";
  box.focus();
  box.setSelectionRange(0, 0);
  const data = new DataTransfer();
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
  expect(box.selectionEnd === box.value.length).toBe(isAll);
});
