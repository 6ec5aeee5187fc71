// What a page does beyond HTML: leaving quickly, pointing at errors, guarding what was typed, and
// hiding a screen that nobody is looking at. Every page works without it.

const html = document.documentElement;
const IDLE_SECONDS = Number(html.dataset.idle) || 0;
const SESSION_SECONDS = Number(html.dataset.session) || 0;

// After a save the address names the place where the work goes on: the keyboard goes there and not
// up to the banner, which a screen reader reads out all the same.
function goOnHere() {
  const place = document.getElementById(window.location.hash.slice(1));
  if (!place || document.querySelector('.govuk-error-summary')) return;
  for (const banner of document.querySelectorAll('.govuk-notification-banner')) {
    banner.dataset.disableAutoFocus = 'true';
  }
  if (place.tabIndex < 0) {
    place.classList.add('hub-place');
    place.setAttribute('tabindex', '-1');
  }
  place.focus();
}

function designSystem() {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported');
  // The design system's own script may be absent; then errors are pointed at here.
  import('./vendor/govuk-frontend.min.js')
    .then((design) => design.initAll())
    .catch(pointAtErrors);
}

function pointAtErrors() {
  document.body.classList.remove('govuk-frontend-supported');
  const summary = document.querySelector('.govuk-error-summary');
  if (summary) {
    summary.setAttribute('tabindex', '-1');
    summary.focus();
  }
}

// Leaving: the page is emptied first, the session ends by beacon, and this entry of the history is
// replaced, so that Back shows nothing of it.
function quickExit() {
  const form = document.querySelector('[data-exit]');
  if (!form) return;
  const away = form.dataset.exit;
  const address = form.action;

  function leave(event) {
    if (event) event.preventDefault();
    document.title = '';
    html.replaceChildren();
    navigator.sendBeacon(address, new FormData());
    window.location.replace(away);
  }

  form.addEventListener('submit', leave);
  const keys = form.querySelector('.hub-exit__keys');
  if (keys) keys.hidden = false;

  let presses = [];
  window.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < 3000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
}

function guardTyping() {
  let changed = false;
  let sending = false;
  for (const form of document.querySelectorAll('main form[method="post"]:not([id^="form-"])')) {
    form.addEventListener('input', () => { changed = true; });
    form.addEventListener('submit', () => { sending = true; });
  }
  window.addEventListener('beforeunload', (event) => {
    if (changed && !sending) event.preventDefault();
  });
}

// After ten minutes without a hand on it the page is taken out of the document, title included, and
// put back by a button; once the session has ended by itself the page is asked for anew instead.
function blankWhenIdle() {
  if (!IDLE_SECONDS) return;
  let last = Date.now();
  let hidden = null;
  let title = '';

  function show(blank) {
    if (Date.now() - last > SESSION_SECONDS * 1000) {
      window.location.reload();
      return;
    }
    blank.remove();
    document.body.append(...hidden);
    document.title = title;
    hidden = null;
    last = Date.now();
  }

  function blankScreen() {
    title = document.title;
    hidden = [...document.body.childNodes];
    const blank = document.createElement('main');
    blank.className = 'hub-blank';
    const heading = document.createElement('h1');
    heading.className = 'govuk-heading-l';
    heading.textContent = 'This screen is hidden';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'govuk-button';
    button.textContent = 'Carry on';
    button.addEventListener('click', () => show(blank));
    blank.append(heading, button);
    document.body.replaceChildren(blank);
    document.title = 'Partner hub';
    button.focus();
  }

  for (const kind of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
    window.addEventListener(kind, () => { if (!hidden) last = Date.now(); }, { passive: true });
  }
  window.setInterval(() => {
    if (!hidden && Date.now() - last > IDLE_SECONDS * 1000) blankScreen();
  }, 1000);
}

// A page that comes back from the browser's memory after signing out must not be shown.
window.addEventListener('pageshow', (event) => {
  if (event.persisted && IDLE_SECONDS) window.location.reload();
});

goOnHere();
designSystem();
quickExit();
guardTyping();
blankWhenIdle();
if (document.querySelector('[data-order]')) import('./order.js');
