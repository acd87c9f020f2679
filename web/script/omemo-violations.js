'use strict';
/* Follows the violations while the page is looked at. Without this there is a link that loads it anew. */
(() => {
  const INTERVAL = 5000;
  const place = document.querySelector('[data-live]');
  if (!place) {
    return;
  }
  const table = place.querySelector('table');
  const body = table.tBodies[0];
  const template = place.querySelector('template');
  const follow = document.getElementById('follow');
  const stale = place.querySelector('.stale');
  let shown = '';

  const row = violation => {
    const filled = template.content.firstElementChild.cloneNode(true);
    for (const name of ['room', 'sender', 'about', 'code', 'finding', 'amount', 'first', 'last']) {
      filled.querySelector('.' + name).textContent = violation[name];
    }
    const verdict = filled.querySelector('.verdict');
    verdict.className = 'verdict ' + violation.action;
    verdict.textContent = violation.done;
    return filled;
  };

  const look = async () => {
    const answer = await fetch(place.dataset.live, {credentials: 'same-origin', redirect: 'error'});
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const text = await answer.text();
    stale.hidden = true;
    if (text === shown) {
      return;
    }
    shown = text;
    const violations = JSON.parse(text);
    body.replaceChildren(...violations.map(row));
    table.hidden = violations.length === 0;
    place.querySelector('.none').hidden = !table.hidden;
  };

  /* Nothing moves under a text that is being marked. */
  const isRead = () => document.hidden || !follow.checked || !document.getSelection().isCollapsed;

  const next = () => setTimeout(() => (isRead() ? Promise.resolve() : look())
    .catch(() => { stale.hidden = false; }).finally(next), INTERVAL);

  place.querySelector('.following').hidden = false;
  next();
})();
