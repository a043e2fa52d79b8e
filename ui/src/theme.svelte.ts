/** The themes that the user can choose. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "theme";
let chosen = $state<Theme>(stored());

/** The chosen theme. `system` matches the desktop's theme. */
export const theme = {
  get chosen(): Theme {
    return chosen;
  },
  choose(theme: Theme): void {
    chosen = theme;
    localStorage.setItem(KEY, theme);
    applyTheme();
  },
};

/** Applies the chosen theme to the document. */
export function applyTheme(): void {
  const root = document.documentElement;
  if (chosen === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = chosen;
}

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === value) ?? "system";
}
