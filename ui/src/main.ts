import { mount } from "svelte";

import App from "./App.svelte";
import { tauri } from "./backend-tauri";
import "./styles/all.css";
import { applyTheme } from "./theme.svelte";

applyTheme();
mount(App, { target: document.body, props: { backend: tauri } });
