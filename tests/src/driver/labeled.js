// Finds an element as a person would: by its kind, its visible label, and text near it.
const [kind, label, near, position] = arguments;

const KINDS = {
  press: 'button, summary, a[href]',
  field: 'input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select',
  tick: 'input[type=radio], input[type=checkbox]',
  option: 'option',
};

const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

/**
 * Returns an element's visible text, without text for screen readers only and without field values.
 */
function words(element) {
  const seen = element.cloneNode(true);
  for (const other of seen.querySelectorAll('.vh, [aria-hidden=true], script, select, textarea')) other.remove();
  return clean(seen.textContent);
}

function labels(element) {
  const named = [...(element.labels ?? [])].map(words);
  return [...named, words(element), clean(element.ariaLabel)].filter(Boolean);
}

const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
function shown(element) {
  const box = element.closest('select') ?? element;
  return (!dialog || dialog.contains(box)) && box.checkVisibility({ visibilityProperty: true });
}

/**
 * Returns the smallest part of the page that contains both an element and the nearby text, and the
 * number of levels up to that part.
 */
function common(element) {
  let steps = 0;
  for (let place = element; place; place = place.parentElement, steps += 1)
    if (words(place).includes(near)) return { place, steps };
  return { place: null, steps: Infinity };
}

/** Returns whether the nearby text comes before an element, with no other match between them. */
function follows(element, place, others) {
  const says = (part) => words(part).includes(near);
  const anchors = [...place.querySelectorAll('*')].filter((part) => says(part) && ![...part.children].some(says));
  const anchor = anchors.findLast((part) => part.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  const between = (other) =>
    anchor.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING &&
    other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  return anchor && !others.some((other) => other !== element && between(other));
}

const all = [...document.querySelectorAll(KINDS[kind])].filter(shown);
const exact = all.filter((element) => labels(element).includes(label));
const begins = (element) => labels(element).some((one) => one.startsWith(label));
let found = exact.length > 0 ? exact : all.filter(begins);
if (near !== null) {
  const places = found.map((element) => ({ element, ...common(element) }));
  const nearest = Math.min(...places.map(({ steps }) => steps));
  const closest = nearest === Infinity ? [] : places.filter(({ steps }) => steps === nearest);
  const right = closest.filter(({ element, place }) => follows(element, place, found));
  found = (right.length > 0 ? right : closest).map(({ element }) => element);
}
return found.at(position) ?? null;
