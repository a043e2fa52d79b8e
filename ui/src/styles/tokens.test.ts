import { expect, it } from "vitest";

import tokens from "./tokens.css?raw";

const block = (opening: string) => {
  const from = tokens.indexOf(opening);
  expect(from, opening).toBeGreaterThan(-1);
  return tokens
    .slice(from + opening.length, tokens.indexOf("}", from))
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
};

it("has the same dark colours by choice as by the desktop's preference", () => {
  expect(block(':root[data-theme="dark"] {')).toEqual(block(':root:not([data-theme="light"]) {'));
});
