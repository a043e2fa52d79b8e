// Shows a view in a frame and checks it at each width. The width of a frame can change without
// loading a new page.
const [shown, widths, press, done] = arguments;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function opened() {
  const frame = document.createElement('iframe');
  Object.assign(frame, { src: location.pathname, height: 840, title: 'view' });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  // Put the frame at the top, because the engine rarely draws frames that are outside the visible
  // area.
  document.body.replaceChildren(frame);
  await loaded;
  while (!frame.contentWindow.show) await nextFrame();
  return frame;
}

async function survey() {
  const frame = document.querySelector('iframe') ?? (await opened());
  frame.width = widths[0];
  await frame.contentWindow.show(shown);
  const page = frame.contentDocument;
  if (press) {
    const buttons = page.querySelectorAll(press);
    if (buttons.length === 0) return [];
    for (const button of buttons) button.click();
    await nextFrame();
  }
  const seen = [];
  for (const width of widths) {
    frame.width = width;
    await nextFrame();
    for (const look of LOOKS) seen.push(...look().map((fault) => `${width} px: ${fault}`));
  }
  return seen;
}

survey().then(done, (problem) => done([`the survey stopped: ${problem}`]));
