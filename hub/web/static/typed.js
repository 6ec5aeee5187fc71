// Saves what is typed into a record, field by field, a moment after the last key and on leaving the
// field. Nothing typed is ever taken away: without a connection it stays in the field, is said to
// wait, and is sent again; when somebody else was faster both texts are shown, and the writer
// chooses. Every field has a button that does the same without this script.

const PAUSE = 1200;
const AGAIN = 4000;

for (const form of document.querySelectorAll('form[id^="form-"]')) saveAsTyped(form);
byKeyboard();

function saveAsTyped(form) {
  const area = form.querySelector('textarea');
  const version = form.querySelector('input[name="version"]');
  const said = form.querySelector('[data-saved]');
  if (!area || !version || !said) return;
  let saved = area.value;
  let timer = 0;
  let busy = false;
  let asks = false;

  function later(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, wait);
  }

  async function save() {
    if (busy || asks || area.value === saved) return;
    busy = true;
    const text = area.value;
    const body = new FormData(form);
    try {
      const answer = await fetch(`${form.getAttribute('action')}/typed`, { method: 'POST', body });
      await understand(answer, text);
    } catch {
      said.textContent = 'Not saved yet: no connection. It is kept here and sent again.';
      later(AGAIN);
    }
    busy = false;
    if (!asks && area.value !== saved && area.value !== text) later(PAUSE);
  }

  async function understand(answer, text) {
    const isData = (answer.headers.get('Content-Type') || '').includes('json');
    if (answer.status === 200 && isData) {
      version.value = (await answer.json()).version;
      saved = text;
      const now = new Date();
      said.textContent = `Saved at ${now.getHours()}:${String(now.getMinutes()).padStart(2, '0')}`;
      return;
    }
    if (answer.status === 409 && isData) {
      choose(await answer.json());
      return;
    }
    if (answer.status === 422 && isData) {
      said.textContent = (await answer.json()).why;
      return;
    }
    said.textContent = 'Not saved. Press Save: what you typed stays here.';
  }

  function choose(other) {
    asks = true;
    said.replaceChildren();
    const words = document.createElement('span');
    words.textContent = `Somebody else has written here: “${other.theirs}” `;
    said.append(words);
    const choices = [
      ['Keep both', `${other.theirs}\n${area.value}`],
      ['Keep mine', area.value],
      ['Keep theirs', other.theirs],
    ];
    for (const [label, text] of choices) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'govuk-button govuk-button--secondary';
      button.textContent = label;
      button.addEventListener('click', () => {
        version.value = other.version;
        area.value = text;
        saved = other.theirs;
        asks = false;
        said.textContent = '';
        area.focus();
        save();
      });
      said.append(' ', button);
    }
  }

  area.addEventListener('input', () => {
    if (!asks) said.textContent = 'Not saved yet';
    later(PAUSE);
  });
  area.addEventListener('blur', () => later(0));
  form.addEventListener('submit', () => { saved = area.value; });
  window.addEventListener('beforeunload', (event) => {
    if (area.value !== saved) event.preventDefault();
  });
  window.addEventListener('online', () => later(0));
}

// Alt and Page Down or Page Up go to the next case or the one before: keys that neither browsers nor
// screen readers use.
function byKeyboard() {
  window.addEventListener('keydown', (event) => {
    const rel = { PageDown: 'next', PageUp: 'prev' }[event.key];
    const link = event.altKey && rel && document.querySelector(`main a[rel="${rel}"]`);
    if (!link) return;
    event.preventDefault();
    document.activeElement?.blur();
    link.click();
  });
}
