// Dragging a case of an agenda to another place. The buttons beside each case do the same without
// a mouse and without this script; both send the same form.

const form = document.querySelector('[data-order]');
const ONTO = 'hub-agenda__case--onto';
let dragged = null;

function field(name, value) {
  const hidden = document.createElement('input');
  hidden.type = 'hidden';
  hidden.name = name;
  hidden.value = value;
  form.append(hidden);
}

for (const place of form.querySelectorAll('[data-case]:not([data-fixed])')) {
  const handle = document.createElement('span');
  handle.className = 'hub-drag hub-no-print';
  handle.setAttribute('aria-hidden', 'true');
  handle.draggable = true;
  handle.textContent = 'Drag';
  handle.addEventListener('dragstart', (event) => {
    dragged = place;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
    event.dataTransfer.setDragImage(place, 0, 0);
  });
  handle.addEventListener('dragend', () => { dragged = null; });
  place.prepend(handle);

  place.addEventListener('dragover', (event) => {
    if (!dragged || dragged === place) return;
    event.preventDefault();
    place.classList.add(ONTO);
  });
  place.addEventListener('dragleave', () => place.classList.remove(ONTO));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    if (!dragged || dragged === place) return;
    field('moved', dragged.dataset.case);
    field('onto', place.dataset.case);
    form.requestSubmit();
  });
}
