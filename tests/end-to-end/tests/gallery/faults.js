const faults = [];
const page = document.querySelector("iframe")?.contentDocument ?? document;
const root = page.documentElement;
const name = (element) => {
  const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  return `${element.localName}${element.className ? "." + [...element.classList].join(".") : ""} “${text}”`;
};
if (root.dataset.missing) faults.push(`words are missing: ${root.dataset.missing}`);
const gap = /\{\s*\$\w+\s*\}|⟦/.exec(page.body.textContent);
if (gap) faults.push(`a variable is missing: …${page.body.textContent.slice(gap.index - 40, gap.index + 20)}…`);
if (page.querySelectorAll("h1").length !== 1) faults.push("there is not exactly one main heading");
const shown = page.querySelector("dialog[open]") ?? page.body;
const width = root.clientWidth;
if (root.scrollWidth > width) faults.push(`the page is ${root.scrollWidth} px wide`);
for (const chevron of shown.querySelectorAll(".fold:not([open]) > summary > .i")) {
  if (getComputedStyle(chevron).transform === "none") faults.push(`looks open: ${name(chevron.parentElement)}`);
}
for (const element of shown.querySelectorAll("*")) {
  // Computing styles and positions is slow, so look only at elements that directly contain text.
  const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
  if (!text) continue;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden") continue;
  const scrolls = [style.overflowX, style.overflowY].some((way) => way === "auto" || way === "scroll");
  if (!scrolls && box.right > width + 1 && !element.closest(".vh, .skip")) {
    const holder = element.parentElement?.closest("pre, .scroll, [data-scrolls], table");
    if (!holder) faults.push(`ends at ${Math.round(box.right)} px: ${name(element)}`);
  }
  const cut = style.overflowX === "hidden" || style.overflowX === "clip";
  if (cut && element.scrollWidth > element.clientWidth + 1 && !element.closest(".vh")) {
    faults.push(`is cut off: ${name(element)}`);
  }
}
return faults;
