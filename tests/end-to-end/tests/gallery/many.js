const faults = [];
const page = document.querySelector("iframe")?.contentDocument ?? document;
const shown = page.querySelector("dialog[open]") ?? page.body;
const width = page.documentElement.clientWidth;
const name = (element) => {
  const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  return `${element.localName}${element.className ? "." + [...element.classList].join(".") : ""} “${text}”`;
};
const CONTROLS = "button, a[href], input, select, textarea, summary";
for (const element of shown.querySelectorAll("*")) {
  const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
  if (words.length === 0 && !element.matches(CONTROLS)) continue;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden") continue;
  if (element.closest(".vh, .skip, svg, details:not([open]) > :not(summary)")) continue;
  if (element.matches(CONTROLS)) {
    if (box.right > width + 1 || box.left < -1) faults.push(`leaves the screen: ${name(element)}`);
    const scroller = element.closest(".scroll");
    if (scroller && box.right > scroller.getBoundingClientRect().right + 1)
      faults.push(`is scrolled out of its table: ${name(element)}`);
  }
  if (words.length === 0 || style.display === "inline") continue;
  const letters = words.map((node) => node.data.trim()).join("").length;
  const letter = parseFloat(style.fontSize);
  // Find text that wraps after only a few letters.
  const range = page.createRange();
  range.selectNodeContents(element);
  const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
  if (lines >= 4 && letters / lines < 5 && box.width < 5 * letter)
    faults.push(`is squeezed into ${lines} lines of ${Math.round(box.width)} px: ${name(element)}`);
}
return faults;
