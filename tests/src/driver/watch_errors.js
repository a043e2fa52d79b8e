const seen = (window.acceptanceErrors = []);
const note = (kind, text) => seen.push(`${kind}: ${text}`);
addEventListener('error', (event) => note('error', event.message));
addEventListener('unhandledrejection', (event) => note('rejection', event.reason));
for (const level of ['error', 'warn']) {
  const say = console[level];
  console[level] = (...words) => {
    note(`console.${level}`, words.join(' '));
    say.apply(console, words);
  };
}
new ReportingObserver(
  (reports) => reports.forEach(({ body }) => note('policy', `${body.effectiveDirective} ${body.blockedURL}`)),
  { types: ['csp-violation'], buffered: true },
).observe();
