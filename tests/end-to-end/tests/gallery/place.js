const [left, top] = arguments;
const page = document.querySelector("dialog[open]") ?? document.body;
let place = page;
let least = Infinity;
for (const element of page.querySelectorAll("*")) {
  const box = element.getBoundingClientRect();
  const inside = box.left <= left && left <= box.right && box.top + scrollY <= top && top <= box.bottom + scrollY;
  const area = box.width * box.height;
  if (inside && area > 0 && area <= least) [place, least] = [element, area];
}
const named = (element) => element.localName + [...element.classList].map((name) => `.${name}`).join("");
const text = place.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
return `${place.parentElement ? `${named(place.parentElement)} › ` : ""}${named(place)} “${text}” at ${left}, ${top}`;
