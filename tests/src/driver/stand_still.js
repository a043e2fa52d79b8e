const [element, done] = arguments;
element.scrollIntoView({ block: 'center' });
const place = () => JSON.stringify(element.getBoundingClientRect());
const before = place();
setTimeout(() => done(place() === before), 50);
