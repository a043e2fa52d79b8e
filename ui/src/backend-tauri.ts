import { Channel } from "@tauri-apps/api/core";

import type { Backend } from "./backend";
import { commands } from "./bindings";
import type { MenuCommand, View } from "./bindings";

/** Calls the Rust core through Tauri's IPC. */
export const tauri: Backend = {
  ...commands,
  watch: (show) => {
    const views = new Channel<View>();
    views.onmessage = show;
    return commands.watch(views);
  },
  hover: (over) => {
    const held = new Channel<boolean>();
    held.onmessage = over;
    void commands.hover(held);
  },
  menu: (choose) => {
    const chosen = new Channel<MenuCommand>();
    chosen.onmessage = choose;
    void commands.menu(chosen);
  },
};
