// Records the controls that a click moves although nothing was scrolled to show something new. What
// happens later, such as an answer from AWS while the user is in the browser, isn't the click's.
const PAUSE = 1000;
const moved = [];
let used = null;
let timer = 0;

const top = (element) => element.getBoundingClientRect().top;
const heading = () => document.querySelector("h1")?.textContent;

function check() {
  const { element, step, seen, place } = used ?? {};
  used = null;
  if (!element?.isConnected || !element.getClientRects().length || step !== heading()) return;
  // Scrolling alone changes only the first, and a scroll that keeps the control in place only the
  // second.
  const distance = Math.round(top(element) - seen);
  const shift = Math.round(top(element) + scrollY - place);
  if (distance && shift) moved.push(`${step}: ${element.textContent || element.id} by ${distance} px`);
}

addEventListener(
  "click",
  ({ target }) => {
    check();
    const control = target.closest("label")?.control ?? target;
    const element = control.closest("a[href], button, input, select, summary, textarea");
    if (!element) return;
    used = { element, step: heading(), seen: top(element), place: top(element) + scrollY };
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  },
  true,
);
for (const kind of ["keydown", "input", "scroll"]) addEventListener(kind, check, true);

window.acceptanceMovement = () => {
  check();
  return moved;
};
